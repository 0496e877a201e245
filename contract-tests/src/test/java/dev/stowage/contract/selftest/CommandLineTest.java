package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stowage.contract.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jar's command line over HTTP against correct services, broken ones, and servers that are no such service. */
class CommandLineTest {

    @TempDir
    Path folder;

    record Run(int status, String out, String err) {}

    static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    @DisplayName("a correct service: status 0, and reports")
    void right() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            Run run = run(
                    "--url",
                    server.url().toString(),
                    "--seed",
                    "5",
                    "--tries",
                    "1",
                    "--clauses",
                    "PUT-*,TTL-4,PRIV-1,INST-2",
                    "--report",
                    folder.toString());
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out())
                    .contains(
                            "D = documented by the platform",
                            "held = every try passed",
                            "not checkable = it could not be");
            assertThat(run.out()).contains("PUT-1", "TTL-4", "seed 5", "Every binding clause");
            assertThat(Files.readString(folder.resolve("report.html")))
                    .contains("PUT-1", "Every binding clause held")
                    .contains("<a href=\"#chapter-3\">3 Reading and writing", "<h2 id=\"chapter-3\">")
                    .contains("id=\"only-broken\"", "<dt>documented</dt><dd>documented by the platform (D)</dd>")
                    .doesNotContain("<script", "src=");
            assertThat(Files.readString(folder.resolve("junit.xml"))).contains("<testcase name=\"PUT-1\"");
            assertThat(Files.readString(folder.resolve("badge.svg"))).contains("clauses held");
        }
    }

    @Test
    @DisplayName("a store that merges a put into the old record: status 1, the clause, and calls to paste")
    void wrong() throws IOException {
        BrokenStore merges = BrokenStores.all().stream()
                .filter(store -> store.clause().equals("PUT-1"))
                .findFirst()
                .orElseThrow();
        try (MinimalHttpServer server = new MinimalHttpServer(merges.flaw())) {
            Run run = run(
                    "--url",
                    server.url().toString(),
                    "--seed",
                    "5",
                    "--tries",
                    "4",
                    "--clauses",
                    "PUT-*",
                    "--report",
                    folder.toString());
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out()).contains("BROKEN: PUT-1", "curl -sw '\\n' $URL/v1/", "PUT-1 is broken: ");
            assertThat(Files.readString(folder.resolve("junit.xml"))).contains("<failure message=\"PUT-1 is broken");
        }
    }

    @Test
    @DisplayName("races are found over HTTP")
    void races() throws IOException {
        BrokenStore gap = BrokenStores.all().stream()
                .filter(store -> store.clause().equals("INC-5"))
                .findFirst()
                .orElseThrow();
        try (MinimalHttpServer server = new MinimalHttpServer(gap.flaw())) {
            Run run = run("--url", server.url().toString(), "--seed", "5", "--clauses", "INC-5", "--fail-fast");
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out()).contains("INC-5 is broken: ");
        }
    }

    @Test
    @DisplayName("without a control plane: clauses that need one are not checkable, the others are checked, and"
            + " all written records are deleted")
    void keysAlone() throws IOException {
        try (MinimalHttpServer server = new MinimalHttpServer(Flaw.NONE)) {
            String one = server.service().install("theirs").apiKey();
            String two = server.service().install("theirs").apiKey();
            Run run = run(
                    "--url",
                    server.url().toString(),
                    "--seed",
                    "5",
                    "--tries",
                    "2",
                    "--clauses",
                    "PUT-*,INST-*,LIST-1",
                    "--install-key",
                    one,
                    "--install-key",
                    two,
                    "--app-key",
                    server.service().appKey("theirs"));
            assertThat(run.status()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("not checkable  because");
            assertThat(server.service().recordCount()).isZero();
        }
    }

    @Test
    @DisplayName("no service at the URL: status 2, and one line")
    void nobody() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Run run = run("--url", "http://127.0.0.1:" + port);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("nothing listens").doesNotContain("\tat ");
    }

    @Test
    @DisplayName("an HTML page: status 2")
    void html() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            byte[] page = "<html>hello</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            Run run = run("--url", "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("no JSON: <html>");
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("a server that hangs, and one that closes connections: status 2 within the timeout")
    void hangsAndCloses() throws IOException {
        for (boolean closes : new boolean[] {true, false}) {
            ExecutorService acceptor = Executors.newSingleThreadExecutor();
            try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                acceptor.execute(() -> {
                    try {
                        while (true) {
                            Socket connection = socket.accept();
                            if (closes) {
                                connection.close();
                            }
                        }
                    } catch (IOException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
                Run run = run("--url", "http://127.0.0.1:" + socket.getLocalPort(), "--timeout", "1");
                assertThat(run.status()).isEqualTo(2);
                assertThat(run.err()).contains(closes ? "connection broke" : "no response within 1 seconds");
            } finally {
                acceptor.shutdownNow();
            }
        }
    }

    @Test
    @DisplayName("a service that stops responding during the run: status 2, with the results so far")
    void goesSilent() throws IOException {
        Flaw silent = new Flaw() {
            private final java.util.concurrent.atomic.AtomicInteger calls =
                    new java.util.concurrent.atomic.AtomicInteger();

            @Override
            dev.stowage.contract.call.Call replaceCall(dev.stowage.contract.call.Call call) {
                if (calls.incrementAndGet() > 120) {
                    try {
                        new java.util.concurrent.CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                }
                return call;
            }
        };
        try (MinimalHttpServer server = new MinimalHttpServer(silent)) {
            Run run = run(
                    "--url",
                    server.url().toString(),
                    "--timeout",
                    "1",
                    "--seed",
                    "5",
                    "--clauses",
                    "PUT-*,GET-*,LIST-*");
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.out()).contains("ABORTED: ", "held");
        }
    }

    @Test
    @DisplayName("bad options: status 2, and one line")
    void badOptions() {
        for (Map.Entry<String[], String> bad : Map.of(
                        new String[] {"--url", "nowhere"}, "--url must be like",
                        new String[] {"--url", "http://127.0.0.1:1", "--tries", "0"}, "--tries must be",
                        new String[] {"--url", "http://127.0.0.1:1", "--clauses", "NO-*"}, "No clause",
                        new String[] {"--url", "http://127.0.0.1:1", "--install-key", "a"}, "at least twice",
                        new String[] {"--url", "http://127.0.0.1:1", "--restart", " "}, "--restart requires a command",
                        new String[] {"--url", "http://127.0.0.1:1", "--restart"}, "--restart",
                        new String[] {"--seed", "1"}, "--url")
                .entrySet()) {
            Run run = run(bad.getKey());
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains(bad.getValue());
            assertThat(run.err().trim().lines()).hasSize(1);
        }
    }
}
