package io.millrace.connect.snapshot.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.relational.TableId;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class EscapingTopicNamingTest {
    @Test
    void namesATopicAfterSchemaAndTable() {
        assertThat(topic("orders")).isEqualTo("source_1.public.orders");
        assertThat(topic("my orders")).isEqualTo("source_1.public.my_u0020orders");
    }

    @Test
    void putsThePrefixBeforeTheTable() {
        assertThat(topic("orders", EscapingTopicNaming.TABLE_PREFIX, "my shop_"))
                .isEqualTo("source_1.public.my_u0020shop_orders");
    }

    private static String topic(String table, String... settings) {
        Properties config = new Properties();
        config.setProperty("topic.prefix", "source_1");
        for (int i = 0; i < settings.length; i += 2) {
            config.setProperty(settings[i], settings[i + 1]);
        }
        return new EscapingTopicNaming(config).dataChangeTopic(new TableId(null, "public", table));
    }
}
