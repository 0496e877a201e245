package dev.stowage.contract.selftest;

import dev.stowage.contract.call.Call;
import dev.stowage.contract.call.Response;
import dev.stowage.contract.model.RecordState;
import dev.stowage.storage.StoreName;
import java.util.Map;

/** One flaw, or one different choice. Each method has the behaviour of a correct service until it is overridden. */
class Flaw {

    static final Flaw NONE = new Flaw();

    /** The call that is carried out instead of the given one. */
    Call replaceCall(Call call) {
        return call;
    }

    /** The lookup key of a record. */
    String key(StoreName store, String key) {
        return key;
    }

    /** The partition of the records. */
    String partition(MinimalService.Install install, StoreName store) {
        return store == StoreName.SHARED_KV_STORE ? "app " + install.app() : "install " + install.id();
    }

    /** The refusal of this caller; null if it has access. */
    Response admit(MinimalService.Admission right, StoreName store, Call call) {
        return right.refusal();
    }

    /** The refusal of invalid arguments; null if they are valid. */
    Response check(Call call, Response right) {
        return right;
    }

    /** The record after the operation. */
    RecordState after(Call call, RecordState before, RecordState right) {
        return right;
    }

    /** The response, which may be a refusal. */
    Response replaceResponse(Call call, RecordState before, Response right) {
        return right;
    }

    /** The record after a refused operation. */
    RecordState afterRefusal(Call call, RecordState before) {
        return before;
    }

    /** True if a refused operation removes the record's expiry. */
    boolean dropsTheExpiryWhenItRefuses() {
        return false;
    }

    /** When the record expires after the operation; 0 for never. */
    long expiresAt(Call call, long before, long right, long now) {
        return right;
    }

    /** True if the record has expired. */
    boolean isExpired(Call call, long expiresAt, long now) {
        return now > expiresAt;
    }

    /** The version after a write. */
    long version(long before, long right, RecordState after) {
        return right;
    }

    /** True if ifVersion matches. */
    boolean isCurrent(long asked, long current) {
        return asked == current;
    }

    /** True if the operation is not atomic. */
    boolean hasAGap(Call call) {
        return false;
    }

    /** True if this write is lost; n is its number. */
    boolean loses(long n) {
        return false;
    }

    /** True if the record is too large. */
    boolean isTooLarge(String key, Map<String, ?> record, int bytes) {
        return bytes > 409_600;
    }

    /** True if results are the stored objects themselves. */
    boolean sharesObjects() {
        return false;
    }

    /** True if exceptions of an updater are wrapped. */
    boolean wrapsErrors() {
        return false;
    }

    /** True if a failing updater can have changed the record. */
    boolean handsOutItsRecord() {
        return false;
    }

    /** The refusal of an unknown context of plugin data; null if it is accepted. */
    Response unknownContext() {
        return Response.refused("invalid_request", 400, "There is no such context.");
    }

    /** A plugin's document before any was set. */
    String nothingYet() {
        return "null";
    }

    /** How many acknowledged writes are not durable yet. */
    int writesBehind() {
        return 0;
    }

    /** False if this write is never durable. */
    boolean isDurable(Call call) {
        return true;
    }

    /** True if calls in progress are mostly lost when the service is killed. */
    boolean losesCallsInProgress() {
        return false;
    }

    /** True if calls in progress have mostly happened when the service is killed. */
    boolean keepsCallsInProgress() {
        return false;
    }

    /** True if a call whose response was lost is carried out once more. */
    boolean repeatsLostCalls() {
        return false;
    }

    /** True if others can read this write before it is durable. */
    boolean showsBeforeDurable(Call call) {
        return false;
    }

    /** The record that is durable while the call is carried out; null if it is done in one step. */
    RecordState halfway(Call call, RecordState before) {
        return null;
    }

    /** The steps of an uninstall that are not one commit. */
    UninstallSteps uninstallSteps() {
        return UninstallSteps.ONE;
    }

    /** Which steps of an uninstall or a reinstall a crash can separate. */
    enum UninstallSteps {
        ONE,
        ERASE_THEN_REVOKE,
        REVOKE_THEN_INSTALL
    }

    /** The record after a restart. */
    RecordState restore(RecordState state) {
        return state;
    }

    /** When a record expires after a restart; 0 for never. */
    long restoreExpiry(long expiresAt, long writtenAt, long now) {
        return expiresAt;
    }

    /** The last version after a restart. */
    long restoreVersions(long last, long highestOfRecords) {
        return last;
    }

    /** An install after a restart; null if it is forgotten. */
    MinimalService.Install restore(MinimalService.Install install) {
        return install;
    }

    /** True if a restart forgets the clocks. */
    boolean forgetsClocks() {
        return false;
    }

    /** True if a restart forgets the documents of plugins. */
    boolean forgetsDocuments() {
        return false;
    }

    /** The lookup key of a plugin's document. */
    String document(String apiKey, String context) {
        return apiKey + " " + context;
    }
}
