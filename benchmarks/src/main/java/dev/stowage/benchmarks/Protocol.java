package dev.stowage.benchmarks;

import dev.stowage.storage.operation.Operation;

/** How a server is asked for an operation, and how its response is read. */
interface Protocol {

    /** Whether the server has the operation. */
    boolean has(Operation operation);

    /** Returns the bytes of the request to the server. */
    byte[] request(ServerProcess server, Operation operation);

    /** Returns the buffer for the responses of one connection. */
    ResponseBytes responses();
}
