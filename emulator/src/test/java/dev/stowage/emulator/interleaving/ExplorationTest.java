package dev.stowage.emulator.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares the explored orders with all possible orders: each class of equivalent orders is run. */
class ExplorationTest {

    private static final Account ACCOUNT = new Account("", 0);

    @Provide
    Arbitrary<List<List<RecordAccess>>> programs() {
        Arbitrary<RecordAccess> operation = Combinators.combine(Arbitraries.of("x", "y"), Arbitraries.of(true, false))
                .as((key, reads) -> new RecordAccess(ACCOUNT, StoreName.KV_STORE, reads ? "get" : "put", key, reads));
        return operation.list().ofMaxSize(3).list().ofMinSize(2).ofMaxSize(3);
    }

    @Property(tries = 1_000)
    void runsEachClassOfOrdersAtLeastOnce(@ForAll("programs") List<List<RecordAccess>> program) {
        Set<List<ScheduledStep>> classes = new HashSet<>();
        everyOrder(program, new ArrayList<>(), order -> classes.add(normalForm(order)));

        List<List<ScheduledStep>> run = explored(program);
        Set<List<ScheduledStep>> seen = new HashSet<>();
        run.forEach(order -> seen.add(normalForm(order)));
        assertThat(seen).isEqualTo(classes);
        // Sleep sets leave few equivalent orders: at most half as many again.
        assertThat(run.size()).isLessThanOrEqualTo(classes.size() + Math.max(2, classes.size() / 2));
    }

    private static List<List<ScheduledStep>> explored(List<List<RecordAccess>> program) {
        Exploration exploration = new Exploration();
        List<List<ScheduledStep>> run = new ArrayList<>();
        do {
            exploration.begin();
            List<ScheduledStep> order = new ArrayList<>();
            for (SortedMap<Integer, RecordAccess> waiting = waiting(program, order);
                    !waiting.isEmpty();
                    waiting = waiting(program, order)) {
                int actor = exploration.choose(waiting);
                ScheduledStep step = new ScheduledStep(actor, waiting.get(actor), "", false);
                order.add(step);
                exploration.executed(step);
            }
            exploration.allEnded();
            run.add(order);
        } while (exploration.next());
        return run;
    }

    private static SortedMap<Integer, RecordAccess> waiting(
            List<List<RecordAccess>> program, List<ScheduledStep> order) {
        SortedMap<Integer, RecordAccess> waiting = new TreeMap<>();
        for (int actor = 0; actor < program.size(); actor++) {
            int which = actor;
            int done =
                    (int) order.stream().filter(step -> step.actor() == which).count();
            if (done < program.get(actor).size()) {
                waiting.put(actor, program.get(actor).get(done));
            }
        }
        return waiting;
    }

    private static void everyOrder(
            List<List<RecordAccess>> program, List<ScheduledStep> order, Consumer<List<ScheduledStep>> use) {
        SortedMap<Integer, RecordAccess> waiting = waiting(program, order);
        if (waiting.isEmpty()) {
            use.accept(List.copyOf(order));
        }
        waiting.forEach((actor, access) -> {
            order.add(new ScheduledStep(actor, access, "", false));
            everyOrder(program, order, use);
            order.remove(order.size() - 1);
        });
    }

    /** The first of the equivalent orders by the numbers of the actors, found greedily. */
    private static List<ScheduledStep> normalForm(List<ScheduledStep> order) {
        List<ScheduledStep> left = new ArrayList<>(order);
        List<ScheduledStep> normal = new ArrayList<>();
        while (!left.isEmpty()) {
            ScheduledStep first = left.stream()
                    .filter(step -> left.subList(0, left.indexOf(step)).stream()
                            .allMatch(before -> before.actor() != step.actor() && before.commutesWith(step)))
                    .min(Comparator.comparingInt(ScheduledStep::actor))
                    .orElseThrow();
            left.remove(left.indexOf(first));
            normal.add(first);
        }
        return normal;
    }
}
