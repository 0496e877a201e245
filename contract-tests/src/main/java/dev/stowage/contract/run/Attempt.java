package dev.stowage.contract.run;

import dev.stowage.contract.call.NoAnswer;
import dev.stowage.contract.call.NotCheckable;
import dev.stowage.contract.draw.Draws;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one try ended.
 *
 * @param broken null where the property held
 */
record Attempt(
        Trial trial,
        Draws draws,
        LeftOut leftOut,
        @Nullable Broken broken,
        @Nullable NoAnswer lost,
        @Nullable NotCheckable notCheckable) {

    static Attempt make(PropertyMethod property, Trial trial, Draws draws, LeftOut leftOut) {
        try {
            property.run(trial);
            return new Attempt(trial, draws, leftOut, null, null, null);
        } catch (Broken broken) {
            return new Attempt(trial, draws, leftOut, broken, null, null);
        } catch (NoAnswer lost) {
            return new Attempt(trial, draws, leftOut, null, lost, null);
        } catch (NotCheckable because) {
            return new Attempt(trial, draws, leftOut, null, null, because);
        }
    }

    List<Step> steps() {
        return trial.steps(broken == null ? Set.of() : broken.keys());
    }

    /** The number of the call that shows it. */
    int shownAt() {
        return broken == null ? Broken.NO_CALL : broken.at();
    }

    /** How many steps it takes to see it. */
    int size() {
        return steps().size();
    }

    boolean breaks(String clause) {
        return broken != null && broken.clause().equals(clause);
    }
}
