package dev.stowage.contract.model;

import dev.stowage.contract.call.Answer;
import java.util.function.Predicate;

/**
 * What the model expects of a call.
 *
 * @param after the record after it
 * @param answer which answers are right
 * @param words the right answer, for a person
 * @param clause the clause that a wrong answer breaks
 * @param written the clause that is broken where a later read shows another record
 */
public record Expected(RecordState after, Predicate<Answer> answer, String words, String clause, String written) {

    public boolean accepts(Answer found) {
        return answer.test(found);
    }
}
