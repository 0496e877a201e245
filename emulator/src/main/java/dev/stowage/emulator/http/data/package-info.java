/**
 * The data plane: {@code POST /v1/{store}/{operation}}. Open {@link dev.stowage.emulator.http.data.OperationHandler}, which reads an
 * operation from the request ({@link dev.stowage.emulator.http.data.OperationReader}), executes it and writes the result.
 */
@NullMarked
package dev.stowage.emulator.http.data;

import org.jspecify.annotations.NullMarked;
