import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.RDFDataMgr;

/** Runs every query of a folder with Jena, all graphs of a file as one, and writes its rows beside it as JSON. */
final class Jena {
    /** Takes the file of quads and the folder. */
    public static void main(String[] arguments) throws IOException {
        Dataset read = RDFDataMgr.loadDataset(arguments[0]);
        Dataset asOne = DatasetFactory.createGeneral().setDefaultModel(read.getUnionModel());
        read.listModelNames().forEachRemaining(graph -> asOne.addNamedModel(graph, read.getNamedModel(graph)));
        List<Path> queries;
        try (Stream<Path> found = Files.list(Path.of(arguments[1]))) {
            queries = found.filter(path -> path.toString().endsWith(".rq")).sorted().toList();
        }
        for (Path query : queries) {
            Path rows = Path.of(query.toString().replaceFirst("rq$", "srj"));
            try (QueryExecution asked = QueryExecutionFactory.create(Files.readString(query), asOne);
                    OutputStream out = Files.newOutputStream(rows)) {
                ResultSetFormatter.outputAsJSON(out, asked.execSelect());
            }
        }
    }
}
