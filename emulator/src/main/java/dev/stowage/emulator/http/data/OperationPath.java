package dev.stowage.emulator.http.data;

import dev.stowage.emulator.http.exchange.PercentEncoding;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The path of an operation, {@code /v1/{store}/{operation}}.
 *
 * @param encodedStore percent-encoded
 * @param encodedOperation percent-encoded
 */
record OperationPath(String encodedStore, String encodedOperation) {

    private static final String PREFIX = "/v1/";

    /** Null if the request is another one, or its path is ambiguous, which the servlet container refuses. */
    static @Nullable OperationPath of(Request request) {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith(PREFIX) || !HttpMethod.POST.is(request.getMethod())) {
            return null;
        }
        int slash = path.indexOf('/', PREFIX.length());
        if (slash <= PREFIX.length()
                || slash == path.length() - 1
                || path.indexOf('/', slash + 1) >= 0
                || request.getHttpURI().hasViolations()) {
            return null;
        }
        return new OperationPath(path.substring(PREFIX.length(), slash), path.substring(slash + 1));
    }

    String store() {
        return decoded(encodedStore);
    }

    String operation() {
        return decoded(encodedOperation);
    }

    private static String decoded(String segment) {
        return segment.indexOf('%') < 0 ? segment : PercentEncoding.decode("path", segment);
    }
}
