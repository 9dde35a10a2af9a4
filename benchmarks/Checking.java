import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.sparql.graph.GraphFactory;

/** Checks a graph by Jena as often as a line is sent, and answers with the times and every result, tab by tab. */
final class Checking {
    /** Takes the file of triples and the folder of shapes. */
    public static void main(String[] arguments) throws Exception {
        Graph rules = GraphFactory.createDefaultGraph();
        try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
            files.filter(path -> path.toString().endsWith(".ttl")).forEach(path -> RDFDataMgr.read(rules, path.toString()));
        }
        Shapes shapes = Shapes.parse(rules);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        while (lines.readLine() != null) {
            long start = System.nanoTime();
            Graph data = RDFDataMgr.loadGraph(arguments[0]);
            long read = System.nanoTime();
            ValidationReport report = ShaclValidator.get().validate(shapes, data);
            long judged = System.nanoTime();
            report.getEntries().forEach(entry -> System.out.println(entry.focusNode() + "\t" + entry.source()));
            System.out.println((read - start) / 1e9 + "\t" + (judged - read) / 1e9 + "\tdone");
        }
    }
}
