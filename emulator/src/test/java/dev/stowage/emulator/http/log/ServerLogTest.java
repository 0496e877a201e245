package dev.stowage.emulator.http.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stowage.emulator.Emulator;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which messages of the server's libraries reach the log of the JDK. */
class ServerLogTest {

    private static final String LIBRARY = "org.eclipse.jetty.server.Server";

    private final Logger root = LogManager.getLogManager().getLogger("");
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord message) {
            logged.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void collect() {
        root.addHandler(collector);
    }

    @AfterEach
    void release() {
        root.removeHandler(collector);
    }

    @Test
    void aServerThatStartsAndStopsLogsNothing() {
        try (Emulator emulator = Emulator.start()) {
            assertThat(emulator.url()).isNotNull();
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void informationIsDropped() {
        LoggerFactory.getLogger(LIBRARY).info("started {}", "on port 1");
        assertThat(LoggerFactory.getLogger(LIBRARY).isDebugEnabled()).isFalse();
        assertThat(logged).isEmpty();
    }

    @Test
    void aWarningAndAnErrorAreLoggedWithTheirCause() {
        IllegalStateException cause = new IllegalStateException("no thread");
        LoggerFactory.getLogger(LIBRARY).warn("{} of {} failed", 1, 2, cause);
        LoggerFactory.getLogger(LIBRARY).error("broken");

        assertThat(logged)
                .extracting(LogRecord::getLoggerName, LogRecord::getLevel, LogRecord::getMessage, LogRecord::getThrown)
                .containsExactly(
                        tuple(LIBRARY, Level.WARNING, "1 of 2 failed", cause),
                        tuple(LIBRARY, Level.SEVERE, "broken", null));
    }
}
