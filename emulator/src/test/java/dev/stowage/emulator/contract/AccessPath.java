package dev.stowage.emulator.contract;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.Storage;
import dev.stowage.storage.client.TransportStorage;
import dev.stowage.storage.http.HttpStorage;

/** The ways into an emulator; the contract is the same behind each. */
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
    /** Our own client over HTTP. */
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
    /** A client that shares no code with ours: it was written from the wire protocol's page alone. */
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

    /** With the app's key: a global function. */
    abstract Storage openApp(Emulator emulator, Install install);
}
