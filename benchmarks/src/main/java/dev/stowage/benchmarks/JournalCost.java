package dev.stowage.benchmarks;

import dev.stowage.benchmarks.HttpLoad.Round;
import java.util.ArrayList;
import java.util.List;

/** Measures the cost of the journal: an emulator with and one without it, alternately in one run. */
final class JournalCost {

    private JournalCost() {}

    static void main(String... args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
        try (ServerProcess without = ServerProcess.start("serve-stowage", "0");
                ServerProcess with = ServerProcess.start("serve-stowage", "10000")) {
            HttpLoad.fill(without);
            HttpLoad.fill(with);
            for (String name : List.of("get", "increment")) {
                byte[][] toWithout =
                        HttpLoad.requests(without, HttpLoad.operations().get(name));
                byte[][] toWith = HttpLoad.requests(with, HttpLoad.operations().get(name));
                List<Round> ofWithout = new ArrayList<>();
                List<Round> ofWith = new ArrayList<>();
                for (int round = -4; round < rounds; round++) {
                    Round one = HttpLoad.load(without, toWithout, 64, seconds);
                    Round other = HttpLoad.load(with, toWith, 64, seconds);
                    if (round >= 0) {
                        ofWithout.add(one);
                        ofWith.add(other);
                    }
                }
                Round one = HttpLoad.median(ofWithout);
                Round other = HttpLoad.median(ofWith);
                System.out.printf(
                        "%-10s without %,.0f/s %.1f cpu µs, with %,.0f/s %.1f cpu µs: throughput %.2f, cpu %.2f%n",
                        name,
                        one.perSecond(),
                        one.cpuMicros(),
                        other.perSecond(),
                        other.cpuMicros(),
                        other.perSecond() / one.perSecond(),
                        other.cpuMicros() / one.cpuMicros());
            }
        }
    }
}
