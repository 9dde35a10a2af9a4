-- Post queries to a SPARQL endpoint. QUERIES holds them, one after each line of dashes; FRESH=yes makes every query
-- new to the server by a comment with a number, so that nothing can be answered from memory.
local queries = {}
for query in (os.getenv("QUERIES") .. "\n----\n"):gmatch("(.-)\n%-%-%-%-\n") do queries[#queries + 1] = query end
local fresh = os.getenv("FRESH") == "yes"
local number = math.random(1e9)

function setup(thread) thread:set("seed", math.random(1e9)) end

function init() number = seed end

function request()
  number = number + 1
  local query = queries[number % #queries + 1]
  if fresh then query = query .. "\n# " .. number end
  return wrk.format("POST", nil, { ["Content-Type"] = "application/sparql-query", ["Accept"] = "application/sparql-results+json" }, query)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n', summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
