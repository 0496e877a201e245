package dev.stowage.store.process;

import dev.stowage.contract.property.WallClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a process that says over HTTP whether it is ready. */
final class Health {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Health() {}

    /** Returns when the URL is answered with status 200. */
    static void await(URI url) {
        long end = WallClock.nanoTime() + MOST_NANOS;
        String last = "";
        while (WallClock.nanoTime() - end < 0) {
            try {
                var response = CLIENT.send(
                        HttpRequest.newBuilder(url)
                                .timeout(Duration.ofSeconds(2))
                                .build(),
                        BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = response.body();
            } catch (IOException notYet) {
                last = notYet.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
            WallClock.sleepUntil(WallClock.nanoTime() + BETWEEN_NANOS);
        }
        throw new IllegalStateException(url + " was not ready within a minute: " + last);
    }
}
