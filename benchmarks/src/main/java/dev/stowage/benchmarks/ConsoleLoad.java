package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what the console's Requests page costs while it is open, at 1,000 operations a second. Two servers are measured
 * alternately: one without the page, and one whose page is refreshed twice a second, as a browser does it. Argument: seconds a round.
 */
final class ConsoleLoad {

    private static final int PER_SECOND = 1_000;
    private static final int CONNECTIONS = 4;
    private static final int ROUNDS = 5;
    private static final Duration REFRESH = Duration.ofMillis(500);

    private ConsoleLoad() {}

    static void main(String... args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerProcess closed = ServerProcess.start("serve-stowage");
                ServerProcess open = ServerProcess.start("serve-stowage");
                Page page = new Page(open.port())) {
            Future<?> refreshing = threads.submit(page);
            List<HttpLoad.Round> without = new ArrayList<>();
            List<HttpLoad.Round> with = new ArrayList<>();
            round(closed, threads, seconds);
            round(open, threads, seconds);
            for (int i = 0; i < ROUNDS; i++) {
                without.add(round(closed, threads, seconds));
                with.add(round(open, threads, seconds));
            }
            print("without the page", HttpLoad.median(without));
            print("with the page", HttpLoad.median(with));
            System.out.println(page);
            refreshing.cancel(true);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The page as a browser refreshes it. */
    private static final class Page implements Runnable, AutoCloseable {

        private static final Pattern ADDRESS = Pattern.compile("hx-get=\"(/console/requests/rows[^\"]*)\"");

        private final HttpClient client = HttpClient.newHttpClient();
        private final String server;
        private final List<Double> millis = new ArrayList<>();
        private volatile boolean closed;
        private String address = "/console/requests";

        Page(int port) {
            server = "http://127.0.0.1:" + port;
        }

        @Override
        public void run() {
            while (!closed) {
                long start = System.nanoTime();
                refresh();
                synchronized (millis) {
                    millis.add((System.nanoTime() - start) / 1e6);
                }
                LockSupport.parkNanos(REFRESH.toNanos());
            }
        }

        private void refresh() {
            try {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(server + address)).build(),
                        HttpResponse.BodyHandlers.ofString());
                Matcher next = ADDRESS.matcher(response.body());
                if (next.find()) {
                    address = next.group(1).replace("&amp;", "&");
                }
            } catch (IOException | InterruptedException ended) {
                closed = true;
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public String toString() {
            synchronized (millis) {
                double[] sorted = millis.stream()
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                return String.format(
                        "a refresh of the page: median %.1f ms, longest %.1f ms (with the first one)",
                        sorted[sorted.length / 2], sorted[sorted.length - 1]);
            }
        }
    }

    private static HttpLoad.Round round(ServerProcess server, ExecutorService threads, int seconds) throws Exception {
        IntFunction<Operation> get = HttpLoad.operations().get("get");
        IntFunction<Operation> put = HttpLoad.operations().get("put");
        byte[][] requests = HttpLoad.requests(server, i -> i % 2 == 0 ? put.apply(i) : get.apply(i - 1));
        Duration cpuBefore = server.cpuTime();
        long start = System.nanoTime();
        List<Future<double[]>> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int first = i;
            connections.add(threads.submit(() -> send(server, requests, first, seconds)));
        }
        List<double[]> all = new ArrayList<>();
        for (Future<double[]> connection : connections) {
            all.add(connection.get());
        }
        double[] micros = all.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        double elapsed = (System.nanoTime() - start) / 1e9;
        double cpu = server.cpuTime().minus(cpuBefore).toNanos() / 1e3;
        return new HttpLoad.Round(
                elapsed,
                micros.length / elapsed,
                micros[micros.length / 2],
                micros[micros.length * 99 / 100],
                cpu / micros.length);
    }

    /** Sends this connection's share of the requests, each at its time. Returns how long each took, in microseconds. */
    private static double[] send(ServerProcess server, byte[][] requests, int first, int seconds) throws IOException {
        int count = seconds * PER_SECOND / CONNECTIONS;
        double[] micros = new double[count];
        long step = 1_000_000_000L * CONNECTIONS / PER_SECOND;
        long due = System.nanoTime() + first * step / CONNECTIONS;
        try (LoadConnection connection = new LoadConnection(server)) {
            for (int i = 0; i < count; i++, due += step) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                connection.roundTrip(requests[(i * CONNECTIONS + first) % requests.length]);
                micros[i] = (System.nanoTime() - due) / 1e3;
            }
        }
        return micros;
    }

    private static void print(String what, HttpLoad.Round round) {
        System.out.printf(
                "%-17s %7.1f operations/s, p50 %5.0f µs, p99 %6.0f µs, processor time %5.0f µs an operation%n",
                what, round.perSecond(), round.p50Micros(), round.p99Micros(), round.cpuMicros());
    }
}
