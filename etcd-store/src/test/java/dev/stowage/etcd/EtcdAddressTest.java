package dev.stowage.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.storage.ErrorCode;
import dev.stowage.storage.StorageException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdAddressTest {

    @Test
    void namesMembersPrefixAndLimits() {
        EtcdAddress address = EtcdAddress.parse(
                "etcds://ann:s%3Acret@one:2379,[::1]:2381/team%2Fci?cacert=/ca.pem&max-txn-ops=10000", Map.of());
        assertThat(address.endpoints())
                .containsExactly(URI.create("https://one:2379"), URI.create("https://[::1]:2381"));
        assertThat(address.prefix()).isEqualTo("team/ci");
        assertThat(address.credentials()).contains("ann:s:cret");
        assertThat(address.caFile()).contains("/ca.pem");
        assertThat(address.maxTxnOps()).isEqualTo(10_000);
        assertThat(address).asString().doesNotContain("cret");
    }

    @Test
    void takesWhatIsOmittedFromTheEnvironment() {
        EtcdAddress address =
                EtcdAddress.parse("etcd://one:2379", Map.of("ETCDCTL_USER", "bob:pass", "ETCDCTL_CACERT", "ca"));
        assertThat(address.credentials()).contains("bob:pass");
        assertThat(address.caFile()).contains("ca");
        assertThat(address.prefix()).isEqualTo("stowage");
        assertThat(address.maxTxnOps()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etcd://",
                "etcd://hunter2",
                "etcd://one:2379,",
                "etcd://one:2379,hunter2:x",
                "etcd://ann@one:2379",
                "etcd://ann:hunter2%zz@one:2379",
                "etcd://one:2379?hunter2=1",
                "etcd://one:2379?max-txn-ops=hunter2",
                "etcd://one:2379?cacert"
            })
    void refusesWhatItDoesNotUnderstand(String url) {
        assertThatThrownBy(() -> EtcdAddress.parse(url, Map.of()))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageNotContaining("hunter2");
    }
}
