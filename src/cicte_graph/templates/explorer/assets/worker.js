/*
 * Answer questions beside the page, so that it never stands still: the engine and the graph, loaded once.
 * Says `started` when a question is asked of the engine, then what the engine said, or the trouble there was.
 */
import init, { Store } from "./parts/oxigraph/web.js";

/** @type {Store | undefined} */
let store;

async function loaded(graph) {
  const [response] = await Promise.all([fetch(graph), init()]);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const filled = new Store();
  filled.load(await response.text(), { format: "application/n-quads", lenient: true, no_transaction: true });
  return filled;
}

onmessage = async ({ data: { graph, sparql, options } }) => {
  try {
    store ??= await loaded(graph);
  } catch (error) {
    postMessage({ trouble: "data", said: String(error.message ?? error) });
    return;
  }
  postMessage({ started: true });
  try {
    postMessage({ said: store.query(sparql, { ...options, results_format: "json" }) });
  } catch (error) {
    // an engine that ran out of stack or memory is not to be asked again
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    postMessage({ trouble: "query", said: String(error.message ?? error), broken });
  }
};
