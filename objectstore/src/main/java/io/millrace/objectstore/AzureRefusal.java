package io.millrace.objectstore;

import java.util.Locale;

/** Says in words why a container refused a request, and what to do. */
record AzureRefusal(AzureLocation location, AzureNames names) {
    StoreException of(StoreAnswer answer) {
        String code = answer.header("x-ms-error-code")
                .or(() -> answer.element("Code"))
                .orElse("");
        String container = "The container '" + location.container() + "' at " + location.host();
        // The emulator has one code for what it does not know and for what may not be done.
        if (answer.text().contains("Server failed to authenticate the request")) {
            return unknown(answer);
        }
        return switch (code) {
            case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" -> unknown(answer);
            case "ContainerNotFound" ->
                answer.because(container + " does not exist", "create it, or correct '" + names.container() + "'");
            case "InvalidResourceName", "OutOfRangeInput" ->
                answer.because(
                        container + " does not take the name of the blob or its own (" + told(answer, code) + ")",
                        "correct '" + names.container() + "' or the template of the names");
            case "AccountIsDisabled", "ResourceNotFound" ->
                answer.because(
                        "The storage account at " + location.host() + " is not to be had (" + told(answer, code) + ")",
                        "correct '" + names.connection() + "'");
            default -> other(answer, code, container);
        };
    }

    private StoreException unknown(StoreAnswer answer) {
        String detail = answer.element("AuthenticationErrorDetail").orElse("");
        if (detail.toLowerCase(Locale.ROOT).contains("date header")) {
            return answer.because("The clock of this machine is more than 15 minutes off", "set it right");
        }
        return location.login() instanceof AzureLogin.AccountKey key
                ? answer.because(
                        "The key does not belong to the storage account '" + key.account() + "' at " + location.host(),
                        "correct 'AccountKey' in '" + names.connection() + "'")
                : answer.because(
                        "The shared access signature is not taken by " + location.host()
                                + ": it has expired, is not valid yet, was revoked or was changed",
                        "make a new one, and put it into '" + names.connection() + "'");
    }

    private StoreException other(StoreAnswer answer, String code, String container) {
        String told = told(answer, code);
        String because = told.isEmpty() ? "" : " (" + told + ")";
        if (answer.status() == StoreAnswer.FORBIDDEN) {
            return answer.because(
                    container + " must not be written with what '" + names.connection() + "' gives" + because,
                    "allow it to create and to write blobs, from this machine");
        }
        String answered = container + " answered " + answer.status() + because;
        return answer.isOfServer()
                ? answer.because(answered, "this may pass by itself")
                : answer.because(answered, "correct '" + names.connection() + "'");
    }

    /** The first line of the message; those behind it are numbers of the request. */
    private static String told(StoreAnswer answer, String code) {
        return (code + " "
                        + answer.element("Message")
                                .map(message -> message.lines().findFirst().orElse(""))
                                .orElse(""))
                .strip();
    }
}
