package io.millrace.http;

import java.util.Optional;

/**
 * What a request carries about its caller.
 *
 * @param authorization the {@code Authorization} header
 * @param tenantId {@code X-Admin-Tenant-Id}, which counts for admins only
 * @param serviceId {@code X-Admin-Service-Id}, which counts for admins only
 * @param path the path asked for, without a leading slash
 */
public record Credentials(
        Optional<String> authorization, Optional<String> tenantId, Optional<String> serviceId, String path) {
    @Override
    public String toString() {
        return "Credentials[path=" + path + "]";
    }
}
