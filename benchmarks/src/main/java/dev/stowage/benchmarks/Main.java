package dev.stowage.benchmarks;

import java.util.Arrays;

/** Run it with {@code java -jar stowage-benchmarks.jar all}, or with the name of one benchmark and its arguments. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        }
        String which = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (which) {
            case "operations" ->
                org.openjdk.jmh.Main.main(rest.length == 0 ? new String[] {"OperationsBenchmark"} : rest);
            case "http" -> HttpComparison.main(rest);
            case "stores" -> StoreLoad.main(rest);
            case "shared" -> SharedStoreLoad.main(rest);
            case "memory" -> MemoryPerRecord.main(rest);
            case "journal" -> JournalCost.main(rest);
            case "counts" -> Counts.main(rest);
            case "all" -> AllBenchmarks.main(rest);
            case "start" -> StartComparison.main(rest);
            case "startup" -> Startup.main(rest);
            case "junit" -> TestCost.main(rest);
            case "console" -> ConsoleLoad.main(rest);
            case "serve-bare" -> BareServer.main(rest);
            case "serve-bare-jetty" -> BareJettyServer.main(rest);
            case "serve-stowage" -> StowageServer.main(rest);
            case "serve-shared" -> SharedStoreServer.main(rest);
            default -> {
                System.err.println(
                        "usage: java -jar stowage-benchmarks.jar all | operations | http | stores | shared | counts | journal | memory | start | startup | junit | console");
                System.exit(2);
            }
        }
    }
}
