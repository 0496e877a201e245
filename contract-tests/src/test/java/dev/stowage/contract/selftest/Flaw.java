package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.model.RecordState;
import dev.stowage.storage.StoreName;
import java.util.Map;

/** One way to be wrong (or to choose otherwise): each method is what a right service does until it is overridden. */
class Flaw {

    static final Flaw NONE = new Flaw();

    /** The call that is carried out instead of the one that was asked for. */
    Call asked(Call call) {
        return call;
    }

    /** The key that a record is found by. */
    String key(StoreName store, String key) {
        return key;
    }

    /** Whose records these are. */
    String partition(MinimalService.Install install, StoreName store) {
        return store == StoreName.SHARED_KV_STORE ? "app " + install.app() : "install " + install.id();
    }

    /** Whether this caller gets in; null if so, else the refusal. */
    Response admit(MinimalService.Admission right, StoreName store, Call call) {
        return right.refusal();
    }

    /** What a check of the arguments finds; null if nothing. */
    Response check(Call call, Response right) {
        return right;
    }

    /** The record after the operation. */
    RecordState after(Call call, RecordState before, RecordState right) {
        return right;
    }

    /** What is answered, refusals included. */
    Response answer(Call call, RecordState before, Response right) {
        return right;
    }

    /** True where a refused operation still leaves this record behind. */
    RecordState afterRefusal(Call call, RecordState before) {
        return before;
    }

    /** True if a refused operation leaves the record without expiry. */
    boolean dropsTheExpiryWhenItRefuses() {
        return false;
    }

    /** When the record expires after the operation; 0 for never. */
    long due(Call call, long before, long right, long now) {
        return right;
    }

    /** What a missing ttl in the record's life means: whether it has expired. */
    boolean isExpired(Call call, long due, long now) {
        return now > due;
    }

    /** The version after a write. */
    long version(long before, long right, RecordState after) {
        return right;
    }

    /** Whether ifVersion is met. */
    boolean isCurrent(long asked, long current) {
        return asked == current;
    }

    /** True if something can come between reading the record and writing it. */
    boolean hasAGap(Call call) {
        return false;
    }

    /** Whether this write is lost; n counts all writes. */
    boolean loses(long n) {
        return false;
    }

    /** The largest record as measured here. */
    boolean isTooLarge(String key, Map<String, ?> record, int bytes) {
        return bytes > 409_600;
    }

    /** True if answers are the very objects that are kept. */
    boolean sharesObjects() {
        return false;
    }

    /** True if what an updater throws comes out as something else. */
    boolean wrapsErrors() {
        return false;
    }

    /** True if an updater that fails has changed the record by then. */
    boolean handsOutItsRecord() {
        return false;
    }

    /** What a plugin's document is before any was set. */
    String nothingYet() {
        return "null";
    }

    /** What an updater of this service's own client sees and does is the wire's business; plugin documents are found by this. */
    String document(String apiKey, String context) {
        return apiKey + " " + context;
    }
}
