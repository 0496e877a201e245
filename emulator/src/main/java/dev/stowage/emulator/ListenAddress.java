package dev.stowage.emulator;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Checks the address to listen on before the server starts, so that each wrong spelling gets a clear message. */
final class ListenAddress {

    private ListenAddress() {}

    /**
     * Returns the host name or address without the brackets of an IPv6 address.
     *
     * @throws StorageException {@code invalid_request} if it is empty, can't be resolved, or is not an address of this machine
     */
    static String check(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (name.isBlank()) {
            throw refused("The host to listen on is empty. Use 127.0.0.1 for this machine only, or 0.0.0.0 for all"
                    + " addresses.");
        }
        try {
            InetAddress address = InetAddress.getByName(name);
            if (!address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address) == null) {
                throw refused("The host to listen on, '" + host + "', is not an address of this machine.");
            }
            return name;
        } catch (UnknownHostException unknown) {
            throw refused("The host to listen on, '" + host + "', is unknown. Use a name or address of this machine.");
        } catch (SocketException unreadable) {
            // The server reports a problem with the address itself.
            return name;
        }
    }

    private static StorageException refused(String message) {
        return new StorageException(ErrorCode.INVALID_REQUEST, message);
    }
}
