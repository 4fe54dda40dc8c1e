package io.millrace.objectstore;

import java.util.Optional;

/** Says in words why a bucket of Google's refused a request, and what to do. */
record GoogleRefusal(GoogleLocation location, Optional<ServiceAccount> account) {
    static final String CREDENTIALS = "gcs.credentials.json";

    private static final String BUCKET = "gcs.bucket.name";

    StoreException of(StoreAnswer answer) {
        String told = JsonTexts.find(answer.text(), "error.message")
                .map(message -> " (" + message + ")")
                .orElse("");
        String bucket = "The bucket '" + location.bucket() + "' at " + location.host();
        String who = account.map(one -> "by the service account '" + one.email() + "'")
                .orElse("without credentials");
        String answered = bucket + " answered " + answer.status() + told;
        if (answer.isOfServer()) {
            return answer.because(answered, "this may pass by itself");
        }
        return switch (answer.status()) {
            case StoreAnswer.UNAUTHORIZED ->
                answer.because(bucket + " does not know who writes " + who + told, "correct '" + CREDENTIALS + "'");
            case StoreAnswer.FORBIDDEN ->
                answer.because(
                        bucket + " must not be written " + who + told,
                        "give the account the role Storage Object User on the bucket, or storage.objects.create and"
                                + " storage.objects.delete; the second is for writing a file again");
            case StoreAnswer.NOT_FOUND ->
                answer.because(bucket + " does not exist" + told, "create it, or correct '" + BUCKET + "'");
            default -> answer.because(answered, "correct '" + BUCKET + "' or the template of the names");
        };
    }
}
