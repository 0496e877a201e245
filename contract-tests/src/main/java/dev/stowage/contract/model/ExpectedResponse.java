package dev.stowage.contract.model;

import dev.stowage.contract.call.Response;
import java.util.function.Predicate;

/**
 * What the model expects of a call.
 *
 * @param after the record after it
 * @param responsePredicate which answers are right
 * @param description the right answer, for a person
 * @param clause the clause that a wrong answer breaks
 * @param writeClause the clause that is broken where a later read shows another record
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
