package dev.stowage.emulator.contract;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Storage;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.http.HttpStorage;

/** The entry points of an emulator. The contract is the same for each. */
enum AccessPath {
    /** Java calls in the same process. */
    DIRECT {
        @Override
        Storage open(Emulator emulator, Install install) {
            return install.storage();
        }

        @Override
        Storage openApp(Emulator emulator, Install install) {
            return emulator.app(install.appId()).storage();
        }
    },
    /** The Java client over HTTP. */
    CLIENT {
        @Override
        Storage open(Emulator emulator, Install install) {
            return HttpStorage.connect(emulator.url(), install.apiKey());
        }

        @Override
        Storage openApp(Emulator emulator, Install install) {
            return HttpStorage.connect(
                    emulator.url(), emulator.app(install.appId()).appKey());
        }
    },
    /** A client that shares no code with the Java client; it was written from the description of the wire protocol only. */
    STRANGER {
        @Override
        Storage open(Emulator emulator, Install install) {
            return new TransportStorage(new IndependentTransport(emulator.url(), install.apiKey()));
        }

        @Override
        Storage openApp(Emulator emulator, Install install) {
            return new TransportStorage(new IndependentTransport(
                    emulator.url(), emulator.app(install.appId()).appKey()));
        }
    };

    abstract Storage open(Emulator emulator, Install install);

    /** Opens the storage of a global function with the app's key. */
    abstract Storage openApp(Emulator emulator, Install install);
}
