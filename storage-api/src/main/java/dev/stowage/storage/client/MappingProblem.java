package dev.stowage.storage.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.JacksonFeatures;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Says why a record and a type of the user's own do not fit, and what to do. Jackson's messages and exceptions quote the
 * value, so neither is passed on (ERR-2).
 */
final class MappingProblem {

    private MappingProblem() {}

    static StorageException reading(StoreName store, String key, Class<?> type, IOException problem) {
        String what = "The record '" + key + "' in " + store + " can't be read as " + type.getTypeName();
        return refusal(what, adviceForReading(type, problem), problem)
                .with("store", store.wireName())
                .with("key", key);
    }

    static StorageException writing(Class<?> type, IOException problem) {
        return refusal(type.getTypeName() + " can't be written as a record", adviceForWriting(type, problem), problem);
    }

    private static StorageException refusal(String what, String advice, IOException problem) {
        String place = problem instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? " at " + mapping.getPathReference()
                : "";
        return new StorageException(ErrorCode.INVALID_VALUE, what + place + ": " + advice);
    }

    private static String adviceForReading(Class<?> type, IOException problem) {
        if (problem instanceof UnrecognizedPropertyException unknown) {
            return "the record has the field '" + unknown.getPropertyName() + "', and the type "
                    + unknown.getReferringClass().getSimpleName()
                    + " does not. Add it to the type, annotate the type with"
                    + " @JsonIgnoreProperties(ignoreUnknown = true), or disable FAIL_ON_UNKNOWN_PROPERTIES in the mapper,"
                    + " as Storage.mapperBuilder() does.";
        }
        if (problem instanceof ValueInstantiationException) {
            return causedByRefusal(problem)
                    .orElseGet(() -> "its constructor or factory method threw "
                            + (problem.getCause() == null ? problem : problem.getCause())
                                    .getClass()
                                    .getName()
                            + ". Correct the record, or let the type accept it.");
        }
        Optional<Class<?>> withoutCreator = withoutCreator(type, problem);
        if (withoutCreator.isPresent()) {
            Class<?> found = withoutCreator.get();
            return moduleFor(found)
                    .orElse("Jackson can't create " + found.getTypeName()
                            + ". Make it a Java record, give it a constructor"
                            + " without parameters, annotate a constructor with @JsonCreator, or add a module that knows"
                            + " it: " + withModule("…"));
        }
        if (problem instanceof InvalidNullException
                || problem.getClass().getName().contains("Kotlin")) {
            return "the field is missing or null, and the property must not be null. Make the property nullable, or give it"
                    + " a default value; where there is no record, each field is missing.";
        }
        if (problem instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "the value does not fit " + mismatch.getTargetType().getTypeName()
                    + ". Change the type of the property, or the record.";
        }
        return other(problem);
    }

    /** The type that Jackson found no constructor or factory method for; a constructor of one parameter takes no object. */
    private static Optional<Class<?>> withoutCreator(Class<?> type, IOException problem) {
        if (problem instanceof InvalidDefinitionException definition) {
            return Optional.of(
                    definition.getType() == null ? type : definition.getType().getRawClass());
        }
        return problem instanceof MismatchedInputException mismatch
                        && mismatch.getTargetType() != null
                        && mismatch.getOriginalMessage().contains("no delegate- or property-based Creator")
                ? Optional.of(mismatch.getTargetType())
                : Optional.empty();
    }

    private static String adviceForWriting(Class<?> type, IOException problem) {
        if (problem.getCause() instanceof StackOverflowError
                || String.valueOf(problem.getMessage()).startsWith("Direct self-reference")) {
            return "it refers to itself. Leave one of the references out, for example with @JsonIgnore.";
        }
        if (problem instanceof InvalidDefinitionException definition) {
            Class<?> found =
                    definition.getType() == null ? type : definition.getType().getRawClass();
            return moduleFor(found)
                    .orElse("Jackson finds no properties in " + found.getTypeName() + ". Make it a Java record, give it"
                            + " getters or public fields, or add a module that knows it: " + withModule("…"));
        }
        return causedByRefusal(problem).orElseGet(() -> other(problem));
    }

    private static Optional<String> causedByRefusal(IOException problem) {
        return problem.getCause() instanceof StorageException refusal
                ? Optional.ofNullable(refusal.getMessage())
                : Optional.empty();
    }

    /** Types that Jackson leaves to a module of its own. */
    private static Optional<String> moduleFor(Class<?> type) {
        if (type.getName().startsWith("java.time.")) {
            return Optional.of(missingModule(type, "jackson-datatype-jsr310", "new JavaTimeModule()"));
        }
        if (type.getName().startsWith("java.util.Optional")) {
            return Optional.of(missingModule(type, "jackson-datatype-jdk8", "new Jdk8Module()"));
        }
        boolean kotlin = Arrays.stream(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals("kotlin.Metadata"));
        return kotlin ? Optional.of(missingModule(type, "jackson-module-kotlin", "kotlinModule()")) : Optional.empty();
    }

    private static String missingModule(Class<?> type, String artifact, String module) {
        return "the mapper has no module for " + type.getTypeName() + ". Add " + artifact
                + " to your dependencies, and its module to the mapper: " + withModule(module);
    }

    private static String withModule(String module) {
        return "storage.withMapper(Storage.mapperBuilder().addModule(" + module + ").build()).";
    }

    private static String other(IOException problem) {
        if (problem instanceof JsonProcessingException json && JacksonFeatures.isLimitExceeded(json)) {
            return "it nests too deep, or refers to itself.";
        }
        return "Jackson failed with " + problem.getClass().getSimpleName()
                + ". Compare the fields of the record with the" + " properties and Jackson annotations of the type.";
    }
}
