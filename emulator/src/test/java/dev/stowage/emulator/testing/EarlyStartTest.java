package dev.stowage.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.emulator.EmulatorConfig;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An emulator that was started early is the one that the first test asks for, and nobody else's. */
@Timeout(60)
class EarlyStartTest {

    private static final TestEmulatorConfig CONFIG =
            new TestEmulatorConfig(EmulatorConfig.builder().servesHttp(false).build(), Optional.empty());
    private static final TestEmulatorConfig OTHER = new TestEmulatorConfig(CONFIG.emulator(), Optional.of("{}"));

    private final List<TestEmulator> started = Collections.synchronizedList(new ArrayList<>());
    private final Map<TestEmulator, TestEmulatorConfig> configs = new ConcurrentHashMap<>();
    private final EarlyStart early = new EarlyStart(config -> {
        TestEmulator emulator = TestEmulator.start(config);
        started.add(emulator);
        configs.put(emulator, config);
        return emulator;
    });

    @AfterEach
    void close() {
        started.forEach(TestEmulator::close);
    }

    @Test
    @DisplayName("the first start with the configuration takes it, the next one starts another one")
    void takenOnce() {
        early.begin(CONFIG);
        TestEmulator first = early.orStart(CONFIG);
        assertThat(started).containsExactly(first);
        assertThat(early.orStart(CONFIG)).isNotSameAs(first);
    }

    @Test
    @DisplayName("a start with another configuration does not take it, and one early start is enough")
    void otherConfiguration() {
        early.begin(CONFIG);
        early.begin(OTHER);
        TestEmulator other = early.orStart(OTHER);
        TestEmulator taken = early.orStart(CONFIG);
        assertThat(other).isNotSameAs(taken);
        assertThat(started).containsExactlyInAnyOrder(other, taken);
        assertThat(configs).containsEntry(other, OTHER).containsEntry(taken, CONFIG);
    }

    @Test
    @DisplayName("without an early start, a start starts one")
    void noEarlyStart() {
        assertThat(early.orStart(CONFIG)).isSameAs(started.get(0));
    }

    @Test
    @DisplayName("an early start that fails fails the first test, with the same problem; the next one tries again")
    void failure() {
        List<String> tries = Collections.synchronizedList(new ArrayList<>());
        EarlyStart failing = new EarlyStart(config -> {
            tries.add("try");
            throw new StorageException(ErrorCode.UNAVAILABLE, "no port");
        });
        failing.begin(CONFIG);
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> failing.orStart(CONFIG))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("no port");
            assertThat(tries).hasSize(i);
        }
    }

    @Test
    @DisplayName("one that nobody asks for is closed, and not given away after that")
    void unused() throws Exception {
        CompletableFuture<TestEmulator> emulator = new CompletableFuture<>();
        EarlyStart impatient = new EarlyStart(
                config -> {
                    TestEmulator started = TestEmulator.start(config);
                    emulator.complete(started);
                    return started;
                },
                Duration.ofMillis(1));
        impatient.begin(CONFIG);
        TestEmulator unused = emulator.get();
        while (!unused.toString().contains("closed")) {
            Thread.onSpinWait();
        }
        started.add(impatient.orStart(CONFIG));
        assertThat(started.get(0)).isNotSameAs(unused);
    }
}
