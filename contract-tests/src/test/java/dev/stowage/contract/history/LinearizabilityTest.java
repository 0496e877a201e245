package dev.stowage.contract.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.history.LinearizabilityChecker.Judgement;
import dev.stowage.contract.model.RecordState;
import dev.stowage.storage.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests the checker on small hand-written histories, linearizable and not. */
class LinearizabilityTest {

    private final List<CallEvent> history = new ArrayList<>();

    private static Call call(String operation, Object... more) {
        Call call = Call.of(StoreName.KV_STORE, operation, "key", "k");
        for (int i = 0; i < more.length; i += 2) {
            call = call.with((String) more[i], more[i + 1]);
        }
        return call;
    }

    private LinearizabilityTest event(int client, long called, long returned, Call call, Response response) {
        history.add(new CallEvent(client, call, response, called, returned));
        return this;
    }

    private LinearizabilityTest put(int client, long called, long returned, int value, Map<String, ?> previous) {
        return event(
                client, called, returned, call("put", "value", SuiteValues.hash("a", value)), Response.of(previous));
    }

    private LinearizabilityTest get(int client, long called, long returned, Map<String, ?> found) {
        return event(client, called, returned, call("get"), Response.of(found));
    }

    private LinearizabilityTest increment(int client, long called, long returned, int sum) {
        return event(client, called, returned, call("increment", "field", "n"), Response.of(sum));
    }

    private LinearizabilityTest lost(int client, long called, Call call) {
        return event(client, called, called, call, null);
    }

    private Judgement judge() {
        return LinearizabilityChecker.check(history, RecordState.MISSING).judgement();
    }

    @Test
    void oneAfterTheOther() {
        assertThat(put(0, 0, 1, 1, Map.of()).get(1, 2, 3, Map.of("a", 1)).judge())
                .isEqualTo(Judgement.OK);
    }

    @Test
    void readMissesAnEarlierWrite() {
        assertThat(put(0, 0, 1, 1, Map.of()).get(1, 2, 3, Map.of()).judge()).isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void concurrentReadMayOrMayNotSeeTheWrite() {
        assertThat(put(0, 0, 9, 1, Map.of()).get(1, 2, 3, Map.of()).judge()).isEqualTo(Judgement.OK);
        assertThat(get(1, 4, 5, Map.of("a", 1)).judge()).isEqualTo(Judgement.OK);
    }

    @Test
    void writeIsSeenAndThenLost() {
        assertThat(put(0, 0, 9, 1, Map.of())
                        .get(1, 1, 2, Map.of("a", 1))
                        .get(2, 3, 4, Map.of())
                        .judge())
                .isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void twoIncrementsReturnTheSame() {
        assertThat(increment(0, 0, 5, 1).increment(1, 1, 6, 1).judge()).isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void incrementsReturnTheirOrder() {
        assertThat(increment(0, 0, 5, 2)
                        .increment(1, 1, 6, 1)
                        .increment(2, 7, 8, 3)
                        .judge())
                .isEqualTo(Judgement.OK);
        assertThat(increment(3, 9, 10, 3).judge()).isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void aLostWriteMayHaveHappened() {
        lost(0, 0, call("put", "value", SuiteValues.hash("a", 1)));
        assertThat(get(1, 2, 3, Map.of("a", 1)).judge()).isEqualTo(Judgement.OK);
    }

    @Test
    void aLostWriteMayNotHaveHappened() {
        lost(0, 0, call("put", "value", SuiteValues.hash("a", 1)));
        assertThat(get(1, 2, 3, Map.of()).judge()).isEqualTo(Judgement.OK);
    }

    @Test
    void aLostWriteMayHappenLater() {
        lost(0, 0, call("put", "value", SuiteValues.hash("a", 1)));
        assertThat(get(1, 2, 3, Map.of()).get(1, 4, 5, Map.of("a", 1)).judge()).isEqualTo(Judgement.OK);
    }

    @Test
    void aLostWriteDoesNotHappenTwice() {
        lost(0, 0, call("increment", "field", "n"));
        assertThat(increment(1, 2, 3, 2).judge()).isEqualTo(Judgement.OK);
        history.clear();
        lost(0, 0, call("increment", "field", "n"));
        assertThat(increment(1, 2, 3, 3).judge()).isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void lostWriteHasNoEffectBeforeItsCall() {
        get(1, 0, 1, Map.of("a", 1));
        lost(0, 2, call("put", "value", SuiteValues.hash("a", 1)));
        assertThat(judge()).isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void shiftsOfOneElement() {
        event(0, 0, 1, call("append", "field", "l", "value", "x"), Response.nothing());
        event(1, 2, 5, call("shift", "field", "l"), Response.of("x"));
        event(2, 3, 6, call("shift", "field", "l"), Response.nothing());
        assertThat(judge()).isEqualTo(Judgement.OK);
        event(3, 4, 7, call("shift", "field", "l"), Response.of("x"));
        assertThat(judge()).isEqualTo(Judgement.ILLEGAL);
    }

    @Test
    void tooManyOrdersAreUnknown() {
        for (int i = 0; i < 16; i++) {
            event(i, i, 100, call("append", "field", "l", "value", i), Response.nothing());
        }
        get(20, 200, 201, Map.of("l", List.of(99)));
        assertThat(judge()).isEqualTo(Judgement.UNKNOWN);
    }

    @Test
    void violationIsExplainedAndDrawn() {
        put(0, 0, 1, 1, Map.of());
        get(1, 2, 3, Map.of());
        put(0, 10, 11, 2, Map.of("a", 1));
        List<CallEvent> shortest = HistoryExplanation.shortestIllegal(history, RecordState.MISSING);
        assertThat(shortest).hasSize(2);
        LinearizabilityChecker.Result result = LinearizabilityChecker.check(shortest, RecordState.MISSING);
        assertThat(HistoryExplanation.sentence(result))
                .contains("client 1's kvStore.get")
                .contains("expected {\"a\":1}")
                .contains("but was {}");
        assertThat(Timeline.svg(shortest, result.stuck()))
                .startsWith("<svg")
                .contains("class=\"wrong\"")
                .contains("client 1");
    }

    @Test
    void disturbancesDuringTheCallsAreDrawn() {
        put(0, 10, 20, 1, Map.of());
        get(1, 30, 40, Map.of("a", 1));
        String svg = Timeline.svg(
                history,
                null,
                List.of(
                        new Disturbance("disturbance 7", 15, 35),
                        new Disturbance("disturbance 8", 1, 9),
                        new Disturbance("disturbance 9", 41, 50)));
        assertThat(svg)
                .containsOnlyOnce("class=\"disturbance\"")
                .contains("disturbance 7")
                .doesNotContain("disturbance 8", "disturbance 9");
    }
}
