package io.memberday.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Kind;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

class StopWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R", "r", " Ｒ ", "T", "拒收", "拒收 R", "拒收ｒ", "【拒收】", "退订", "退订。", "退 订", "取消订阅", "退訂",
                "退订TD"
            })
    void shouldTakeTheWordsOfCommercialSmsAsRefusalOfMarketing(String message) {
        assertEquals(Set.of(Kind.MARKETING), StopWords.refusedBy(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop",
                "Stop.",
                "ＳＴＯＰ",
                "\"STOP\"",
                " s t o p ",
                "STOP ALL",
                "unsubscribe",
                "CANCEL",
                "End",
                "quit!",
                "ARRET",
                "Arrêt",
                "Opt-Out",
                "opt out",
                "OPTOUT",
                "REMOVE",
                "TD",
                "td\n"
            })
    void shouldTakeTheCarriersWordsAsRefusalOfEverything(String message) {
        assertEquals(Set.of(Kind.MARKETING, Kind.SERVICE), StopWords.refusedBy(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "EXAMPLE",
                "please do not stop",
                "STOPPING",
                "我要退货",
                "不要拒收我的包裹",
                "RR",
                "Thanks",
                "谢谢",
                "好的T恤",
                "👍"
            })
    void shouldNotTakeAnythingElseForAStopWord(String message) {
        assertEquals(Set.of(), StopWords.refusedBy(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start.", " Unstop ", "ＳＴＡＲＴ", "恢复订阅", "重新 订阅"})
    void shouldTakeWordsThatTakeAStopWordBack(String message) {
        assertTrue(StopWords.takesBack(message));
        assertEquals(Set.of(), StopWords.refusedBy(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STOP", "restart", "start now", "YES", "订阅吗", "退订"})
    void shouldTakeNothingElseForOne(String message) {
        assertFalse(StopWords.takesBack(message));
    }
}
