package dev.stowage.console.page;

import dev.stowage.storage.StorageException;

/**
 * A request that was refused.
 *
 * @param message says what to do
 * @param code the error code
 * @param back the page that the request came from
 */
public record Problem(String message, String code, String back) {

    public static Problem of(StorageException refusal, String back) {
        return new Problem(
                VisibleText.shortened(String.valueOf(refusal.getMessage()), 2_000),
                refusal.code().wireName(),
                back);
    }
}
