package dev.stowage.junit;

import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import dev.stowage.storage.StoreName;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;

/** The annotations of a parameter, and what they select. */
final class ParameterAnnotations {

    private ParameterAnnotations() {}

    /** What is wrong with the annotations of a parameter; empty if nothing is. An annotation without an effect is wrong. */
    static Optional<String> problem(Parameter parameter) {
        Class<?> type = parameter.getType();
        boolean secrets = has(parameter, Secrets.class);
        boolean settings = has(parameter, Settings.class);
        if (secrets && settings) {
            return Optional.of("it has both @Secrets and @Settings: keep one");
        }
        if ((secrets || settings) && type != BaseStore.class) {
            return Optional.of(misplaced(secrets ? "@Secrets" : "@Settings", "BaseStore"));
        }
        if (has(parameter, Shared.class) && type != KeyValueStore.class) {
            return Optional.of(misplaced("@Shared", "KeyValueStore"));
        }
        if (has(parameter, Spied.class)
                && !List.of(Storage.class, BaseStore.class, KeyValueStore.class).contains(type)) {
            return Optional.of(misplaced("@Spied", "Storage, KeyValueStore or BaseStore"));
        }
        if (type == BaseStore.class && !secrets && !settings) {
            return Optional.of("there are two base stores: annotate the parameter with @Secrets or @Settings");
        }
        return Optional.empty();
    }

    private static String misplaced(String annotation, String type) {
        return annotation + " has an effect only on a parameter of type " + type
                + ": change the type or remove the annotation";
    }

    /** True if the parameter has an annotation of this extension. */
    static boolean hasAny(Parameter parameter) {
        return has(parameter, Secrets.class)
                || has(parameter, Settings.class)
                || has(parameter, Shared.class)
                || has(parameter, Spied.class);
    }

    /** The store that a parameter without a problem selects; empty if it is a {@link Storage}. */
    static Optional<StoreName> store(Parameter parameter) {
        if (parameter.getType() == BaseStore.class) {
            return Optional.of(has(parameter, Secrets.class) ? StoreName.SECRETS : StoreName.SETTINGS);
        }
        if (parameter.getType() == KeyValueStore.class) {
            return Optional.of(has(parameter, Shared.class) ? StoreName.SHARED_KV_STORE : StoreName.KV_STORE);
        }
        return Optional.empty();
    }

    private static boolean has(Parameter parameter, Class<? extends Annotation> annotation) {
        return AnnotationSupport.isAnnotated(parameter, annotation);
    }

    /** The beginning of a message about a parameter. */
    static String describe(Parameter parameter) {
        return "Cannot resolve the parameter "
                + parameter.getType().getSimpleName() + " " + parameter.getName() + " of "
                + parameter.getDeclaringExecutable().getName();
    }
}
