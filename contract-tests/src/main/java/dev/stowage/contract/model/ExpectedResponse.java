package dev.stowage.contract.model;

import dev.stowage.contract.call.Response;
import java.util.function.Predicate;

/**
 * The response and the record that the model expects of a call.
 *
 * @param after the record after it
 * @param responsePredicate which responses are right
 * @param description the right response, for messages
 * @param clause the clause that a wrong response breaks
 * @param writeClause the clause that is broken if a later read shows another record
 */
public record ExpectedResponse(
        RecordState after,
        Predicate<Response> responsePredicate,
        String description,
        String clause,
        String writeClause) {

    public boolean accepts(Response found) {
        return responsePredicate.test(found);
    }
}
