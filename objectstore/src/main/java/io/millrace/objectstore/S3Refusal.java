package io.millrace.objectstore;

/** Says in words why a bucket refused a request, and what to do. */
record S3Refusal(S3Location location, S3Credentials credentials, S3Names names) {
    StoreException of(StoreAnswer answer) {
        String code = answer.element("Code").orElse("");
        String bucket = "The bucket '" + location.bucket() + "' at " + location.host();
        return switch (code) {
            case "InvalidAccessKeyId" ->
                answer.because(
                        "The access key '" + credentials.id() + "' is not known at " + location.host(),
                        "correct '" + names.id() + "'");
            case "SignatureDoesNotMatch" ->
                answer.because(
                        "The secret does not belong to the access key '" + credentials.id() + "' at " + location.host(),
                        "correct '" + names.secret() + "'");
            case "NoSuchBucket" ->
                answer.because(bucket + " does not exist", "create it, or correct '" + names.bucket() + "'");
            case "RequestTimeTooSkewed" ->
                answer.because("The clock of this machine is more than 15 minutes off", "set it right");
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                answer.because(
                        bucket + " is not in the region '" + location.region() + "'",
                        "set '" + names.region() + "' to "
                                + answer.header("x-amz-bucket-region")
                                        .or(() -> answer.element("Region"))
                                        .map(region -> "'" + region + "'")
                                        .orElse("its region"));
            default -> other(answer, code, bucket);
        };
    }

    private StoreException other(StoreAnswer answer, String code, String bucket) {
        String told = (code + " " + answer.element("Message").orElse("")).strip();
        String because = told.isEmpty() ? "" : " (" + told + ")";
        if (answer.status() == StoreAnswer.FORBIDDEN) {
            return answer.because(
                    bucket + " must not be written with the access key '" + credentials.id() + "'" + because,
                    "allow it s3:PutObject and s3:AbortMultipartUpload");
        }
        String answered = bucket + " answered " + answer.status() + because;
        return answer.isOfServer()
                ? answer.because(answered, "this may pass by itself")
                : answer.because(answered, "correct the endpoint or the name of the bucket");
    }
}
