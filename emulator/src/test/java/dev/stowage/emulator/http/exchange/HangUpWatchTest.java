package dev.stowage.emulator.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HangUpWatchTest {

    private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
    private final Connection connection = new AbstractConnection(endPoint, Runnable::run) {
        @Override
        public void onFillable() {
            // Nobody reads but the watch.
        }
    };
    private final AtomicInteger hangUps = new AtomicInteger();

    @Test
    @DisplayName("a connection that is woken without a byte to read has not hung up, and is watched further")
    void wokenForNothing() {
        HangUpWatch.start(connection, hangUps::incrementAndGet);
        for (int i = 0; i < 3; i++) {
            endPoint.getFillInterest().fillable();
            assertThat(hangUps).hasValue(0);
        }
        endPoint.addInputEOF();
        assertThat(hangUps).hasValue(1);
    }

    @Test
    @DisplayName("after the watch has ended, nothing is told")
    void stopped() {
        HangUpWatch.start(connection, hangUps::incrementAndGet).stop();
        endPoint.addInputEOF();
        assertThat(hangUps).hasValue(0);
    }
}
