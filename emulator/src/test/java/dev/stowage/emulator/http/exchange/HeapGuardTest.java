package dev.stowage.emulator.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapGuardTest {

    private static final long MEGABYTE = 1024 * 1024;

    private long live;
    private long garbage;
    private long now;
    private int collections;
    private final HeapGuard guard = new HeapGuard(
            128 * MEGABYTE,
            () -> live + garbage,
            () -> {
                garbage = 0;
                collections++;
                now += Duration.ofMillis(10).toNanos();
            },
            () -> now);

    private void refused(long megabytes) {
        assertThatThrownBy(() -> guard.requireRoomFor(megabytes * MEGABYTE))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.THROTTLED))
                .hasMessageContaining("128 MB");
    }

    @Test
    void aHeapThatIsNotFullIsNotCollected() {
        live = 90 * MEGABYTE;
        guard.requireRoomFor(5 * MEGABYTE);
        assertThat(collections).isZero();
    }

    @Test
    void garbageIsNoReasonToRefuse() {
        live = 20 * MEGABYTE;
        garbage = 90 * MEGABYTE;
        guard.requireRoomFor(5 * MEGABYTE);
        garbage = 90 * MEGABYTE;
        for (int i = 0; i < 7; i++) {
            guard.requireRoomFor(10 * MEGABYTE);
        }
        assertThat(collections)
                .as("what fits into what was free needs no collection")
                .isEqualTo(1);
        now += Duration.ofSeconds(1).toNanos();
        guard.requireRoomFor(10 * MEGABYTE);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void aFullHeapRefusesAndCollectsOnceASecond() {
        live = 94 * MEGABYTE;
        refused(5);
        refused(5);
        assertThat(collections).isEqualTo(1);
        guard.requireRoomFor(MEGABYTE);
        now += Duration.ofSeconds(1).toNanos();
        refused(5);
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void aDeletionIsNoticedAtOnce() {
        live = 95 * MEGABYTE;
        refused(5);
        live = 20 * MEGABYTE;
        garbage = 80 * MEGABYTE;
        refused(5);
        guard.freed();
        assertThatCode(() -> guard.requireRoomFor(5 * MEGABYTE)).doesNotThrowAnyException();
        assertThat(collections).isEqualTo(2);
    }
}
