package dev.stowage.junit;

import java.util.Map;

/** Calls from outside a test's source file: Mockito accepts other arguments than stubbed ones only in the test's own file. */
final class Calls {

    private Calls() {}

    static String get(Map<String, String> map, String key) {
        return String.valueOf(map.get(key));
    }
}
