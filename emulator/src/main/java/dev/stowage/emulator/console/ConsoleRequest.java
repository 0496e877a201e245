package dev.stowage.emulator.console;

import java.util.Map;

/**
 * A request to the console.
 *
 * @param isPost whether it may change something
 * @param path the path below {@code /console/}
 * @param query the parameters of the query
 * @param form the fields of the form; empty unless it is a POST
 */
public record ConsoleRequest(boolean isPost, String path, Map<String, String> query, Map<String, String> form) {}
