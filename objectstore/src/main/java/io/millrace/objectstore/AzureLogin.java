package io.millrace.objectstore;

import java.util.Base64;

/** Who asks Azure. Secrets are never shown. */
public sealed interface AzureLogin {
    /**
     * The key of a storage account, which may do everything in it.
     *
     * @param key in Base64
     */
    record AccountKey(String account, String key) implements AzureLogin {
        /** Refuses what no key can be, without showing it. */
        public AccountKey {
            try {
                if (account.isBlank() || Base64.getDecoder().decode(key).length == 0) {
                    throw new IllegalArgumentException("needs 'AccountName' and 'AccountKey'");
                }
            } catch (IllegalArgumentException e) {
                // Its message would show a part of the key.
                throw new IllegalArgumentException(
                        "needs the name of a storage account, and an 'AccountKey' that is Base64");
            }
        }

        @Override
        public String toString() {
            return account + " (key hidden)";
        }
    }

    /**
     * A shared access signature, which may do what was signed, until it expires.
     *
     * @param query that goes with each request
     */
    record Signature(String query) implements AzureLogin {
        /** Refuses what is not signed. */
        public Signature {
            if (!("&" + query).contains("&sig=")) {
                throw new IllegalArgumentException("needs a shared access signature with 'sig='");
            }
        }

        @Override
        public String toString() {
            return "signature (hidden)";
        }
    }
}
