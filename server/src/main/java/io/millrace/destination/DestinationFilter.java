package io.millrace.destination;

import io.millrace.connector.ConnectorFilter;
import io.millrace.connector.ConnectorListing;
import io.millrace.connector.ConnectorView;
import io.millrace.http.Caller;
import io.millrace.http.Page;
import io.millrace.http.shape.Inline;
import io.millrace.http.shape.Matches;
import java.util.Optional;
import java.util.Set;

/**
 * Which destinations a list call wants.
 *
 * @param lag condition on the records that were not written yet; a destination without a measured lag does not match
 */
public record DestinationFilter(
        @Inline ConnectorFilter common, Optional<@Matches("^(gt|lt|gte|lte|eq|ne):-?[0-9]+(\\.[0-9]+)?$") String> lag) {

    /** Returns the page that is wanted. */
    Page<ConnectorView> page(ConnectorListing listing, Caller caller) {
        // Nobody measures a lag yet, so no destination has one that a condition could hold for.
        return lag.isPresent() ? listing.list(caller, common, destinations -> Set.of()) : listing.list(caller, common);
    }
}
