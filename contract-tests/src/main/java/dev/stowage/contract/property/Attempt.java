package dev.stowage.contract.property;

import dev.stowage.contract.call.NoResponseException;
import dev.stowage.contract.call.NotCheckableException;
import dev.stowage.contract.generator.DrawLog;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one try ended.
 *
 * @param violation null where the property held
 */
public record Attempt(
        Trial trial,
        DrawLog draws,
        OmittedCalls omitted,
        @Nullable ClauseViolation violation,
        @Nullable NoResponseException unanswered,
        @Nullable NotCheckableException notCheckable) {

    public static Attempt run(PropertyMethod property, Trial trial, DrawLog draws, OmittedCalls omitted) {
        try {
            property.run(trial);
            return new Attempt(trial, draws, omitted, null, null, null);
        } catch (ClauseViolation violation) {
            return new Attempt(trial, draws, omitted, violation, null, null);
        } catch (NoResponseException lost) {
            return new Attempt(trial, draws, omitted, null, lost, null);
        } catch (NotCheckableException because) {
            return new Attempt(trial, draws, omitted, null, null, because);
        }
    }

    public List<Step> steps() {
        return trial.steps(violation == null ? Set.of() : violation.keys());
    }

    /** The number of the call that shows it. */
    public int shownAt() {
        return violation == null ? ClauseViolation.NO_CALL : violation.callNumber();
    }

    /** How many steps it takes to see it. */
    public int size() {
        return steps().size();
    }

    public boolean violates(String clause) {
        return violation != null && violation.clause().equals(clause);
    }
}
