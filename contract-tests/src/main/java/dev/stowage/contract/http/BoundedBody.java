package dev.stowage.contract.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer, as long as it ends: no answer of the protocol is larger than a record and some more. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final HttpResponse.BodySubscriber<byte[]> bytes = HttpResponse.BodySubscribers.ofByteArray();
    private long received;
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        for (ByteBuffer buffer : part) {
            received += buffer.remaining();
        }
        if (received > MOST_BYTES && subscription != null) {
            subscription.cancel();
            bytes.onError(new IOException("an answer of more than 16 MiB"));
        } else {
            bytes.onNext(part);
        }
    }

    @Override
    public void onError(Throwable problem) {
        bytes.onError(problem);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
