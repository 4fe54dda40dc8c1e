package io.millrace.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.contract.Contract;
import io.millrace.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorCatalogueTest {
    private final ConnectorCatalogue catalogue = ConnectorCatalogue.sources();

    @Test
    void knowsExactlyTheCodesOfTheContract() {
        assertThat(catalogue.codes()).isEqualTo(codes("SourceCreate"));
        assertThat(ConnectorCatalogue.destinations().codes()).isEqualTo(codes("DestinationCreate"));
    }

    @Test
    void readsEveryConnectorWithAllItsKeys() {
        assertThat(catalogue.all())
                .allSatisfy(connector -> assertThat(connector.keys()).hasSize(keys("source", connector)))
                .hasSize(33);
        assertThat(ConnectorCatalogue.destinations().all())
                .allSatisfy(connector -> assertThat(connector.keys()).hasSize(keys("destination", connector)))
                .hasSize(25);
    }

    @Test
    void readsThePropertiesOfAKey() {
        ConfigKey port =
                catalogue.find("postgresql").orElseThrow().key("ssh.port").orElseThrow();

        assertThat(port.type()).isEqualTo(ValueType.INT);
        assertThat(port.alsoSentAs()).containsExactly(ValueType.STRING);
        assertThat(port.whenAbsent()).map(JsonNode::intValue).contains(22);
        assertThat(port.conditions())
                .extracting(Condition::config, Condition::operator)
                .containsExactly(org.assertj.core.api.Assertions.tuple("ssh.enabled", Condition.Operator.EQ));
    }

    @Test
    void keepsAnEmptyStringWhereTheContractDoes() {
        ConnectorDefinition postgresql = catalogue.find("postgresql").orElseThrow();

        assertThat(postgresql.keys().stream()
                        .filter(ConfigKey::keepsEmptyString)
                        .map(ConfigKey::name))
                .containsExactly("transforms.OversizedRecords.truncation.suffix");
    }

    @Test
    void showsTheCatalogueInTheFormOfTheContract() {
        JsonNode view = Json.mapper().valueToTree(CatalogueView.of(catalogue.all()));

        JsonNode postgresql = view.at("/PostgreSQL/0");
        assertThat(postgresql.get("connector").textValue()).isEqualTo("postgresql");
        assertThat(postgresql.at("/schema_levels")).hasToString("[\"schema\",\"table\"]");
        assertThat(postgresql.at("/config/3"))
                .isEqualTo(read(
                        "{'name':'database.password','description':'Password of the database user.','user_defined':true,"
                                + "'required':true,'order_of_display':3,'display_name':'Password','value':{'control':'password',"
                                + "'type':'raw','default':null,'raw_values':null,'min':null,'max':null},'tab':'auth',"
                                + "'encrypt':true,'conditions':[],'not_clonable':false,'set_once':false}"));
        assertThat(view.findValuesAsText("operator")).containsOnly("EQ", "IN");
    }

    private static List<String> codes(String schema) {
        List<String> codes = new ArrayList<>();
        Contract.openApi()
                .at("/components/schemas/" + schema + "/properties/connector/x-known-values")
                .forEach(code -> codes.add(code.textValue()));
        return codes;
    }

    private static int keys(String kind, ConnectorDefinition connector) {
        return Contract.connector(kind, connector.code())
                .orElseThrow()
                .get("config")
                .size();
    }

    private static JsonNode read(String json) {
        try {
            return Json.mapper().readTree(json.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
