"""Predict-then-reveal, the code panel and sentences for problems."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def question() -> None:
    from ui.predict import predict

    predict("q", "Which?", ["one", "two"], answer=1, explanation="Because.")


def shown(app: AppTest) -> str:
    return " ".join(str(part.value) for part in app.markdown)


def test_nothing_is_revealed_before_a_choice() -> None:
    app = AppTest.from_function(question).run()
    assert app.button[0].disabled
    assert "Because." not in shown(app)
    app.radio[0].set_value(0).run()
    assert not app.button[0].disabled
    assert "Because." not in shown(app)


def test_a_wrong_choice_names_the_answer_and_a_new_choice_hides_it_again() -> None:
    app = AppTest.from_function(question).run()
    app.radio[0].set_value(0).run()
    app.button[0].click().run()
    assert "two" in shown(app)
    assert "Because." in shown(app)
    app.radio[0].set_value(1).run()
    assert "Because." not in shown(app)
    app.button[0].click().run()
    assert "정답입니다." in shown(app)


def panel() -> None:
    from ui.code_panel import code_panel

    code_panel("print(1)", "keras.layers.MultiHeadAttention(8, 32)")


def test_the_code_is_sent_only_when_asked_for() -> None:
    app = AppTest.from_function(panel).run()
    assert not app.exception
    assert not app.code
    app.session_state["glassbox-code-page"] = True  # the panel's own state: AppTest cannot click it open
    assert [block.value for block in app.run().code] == ["print(1)", "keras.layers.MultiHeadAttention(8, 32)"]


def broken() -> None:
    from ui.problems import model_file_problem, show_script_error

    model_file_problem("truncated", "<b>weights")
    model_file_problem("no such kind", "weights")
    assert show_script_error(RuntimeError("secret"))


def test_problems_are_plain_sentences() -> None:
    app = AppTest.from_function(broken).run()
    sentences = [part.proto.body for part in app.get("html")]
    assert len(sentences) == 3
    assert "&lt;b&gt;weights" in sentences[0]
    assert "secret" not in "".join(sentences)
