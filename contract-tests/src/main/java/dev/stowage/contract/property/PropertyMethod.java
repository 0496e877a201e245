package dev.stowage.contract.property;

import dev.stowage.contract.clause.Clauses;
import dev.stowage.contract.clause.Origin;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A property with the object that declares it. */
public record PropertyMethod(Object chapter, Method method, Property property) {

    /** The properties of these chapters, sorted by name within each chapter. */
    public static List<PropertyMethod> of(List<?> chapters) {
        List<PropertyMethod> all = new ArrayList<>();
        for (Object chapter : chapters) {
            Arrays.stream(chapter.getClass().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Property.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> {
                        method.setAccessible(true);
                        all.add(new PropertyMethod(chapter, method, method.getAnnotation(Property.class)));
                    });
        }
        return all;
    }

    public String clause() {
        return property.clause();
    }

    /** {@code PUT-1 replacesTheWholeRecord}. */
    public String name() {
        return clause() + " " + method.getName();
    }

    /** True if it is not binding on a foreign backend. */
    public boolean isAdvisory() {
        return property.advisory() || Clauses.of(clause()).origin() == Origin.E;
    }

    void run(Trial trial) {
        try {
            method.invoke(chapter, trial);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
