"""`cstrain report` and `cstrain verify`: files in, files and sentences out, exit status 0, 1, 2."""

from __future__ import annotations

import csv
import io
import json

import pytest
from learner_works import DAY, NAMES, certificate, page, right

from cstrain.cli import main
from cstrain.language import LANGUAGES
from cstrain.open_lesson import lesson
from cstrain.progress.exchange import export_text
from cstrain.progress.store import Store
from cstrain.reports.verifying import verify_page


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Return an empty folder in which the command runs."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record.json"
    path.write_text(export_text(right("n05", language="en")), encoding="utf-8")
    return path


def names(folder):
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_written_and_nothing_is_overwritten(here, record, capsys, language):
    call = ["report", str(record), "--lesson", "n05", "--language", language, "--name", "Mia Holm"]
    assert [main(call), main(call)] == [0, 0]
    first, second = names(here)
    assert first.replace("-2.html", ".html") == second
    assert (here / first).read_bytes() == (here / second).read_bytes()
    assert "Mia Holm" in (here / first).read_text(encoding="utf-8")
    assert second in capsys.readouterr().out


def test_a_named_file_that_is_there_is_left_as_it_is(here, record, capsys):
    (here / "mine.html").write_text("mine", encoding="utf-8")
    assert main(["report", str(record), "--out", "mine.html", "--language", "en"]) == 2
    assert (here / "mine.html").read_text(encoding="utf-8") == "mine"
    assert "mine.html" in capsys.readouterr().err
    assert main(["report", str(record), "--out", "mine.html/report.html"]) == 2
    assert names(here) == ["mine.html"]


@pytest.mark.browser
def test_a_report_as_pdf(here, record, browser_path, monkeypatch):
    monkeypatch.setenv("CSTRAIN_BROWSER", str(browser_path))
    assert main(["report", str(record), "--lesson", "n05", "--pdf", "--out", "r.pdf"]) == 0
    assert names(here) == ["r.pdf"]
    assert (here / "r.pdf").read_bytes().startswith(b"%PDF-")


def test_without_a_browser_the_pdf_is_refused_in_a_sentence(here, record, capsys, monkeypatch):
    monkeypatch.setenv("CSTRAIN_BROWSER", str(here / "none"))
    assert main(["report", str(record), "--pdf", "--language", "en"]) == 2
    assert "CSTRAIN_BROWSER" in capsys.readouterr().err
    assert names(here) == []


def test_without_a_file_it_is_the_learners_own_record(here, capsys):
    assert main(["report", "--lesson", "n05", "--language", "en"]) == 0
    assert "No checked answer" in capsys.readouterr().err
    for one in right("n05", language="en"):
        Store().save(one)
    call = ["report", "--lesson", "n05", "--certificate", "--name", "Mia", "--language", "en"]
    assert main(call) == 0
    made = next(one for one in here.iterdir() if "certificate" in one.name)
    assert verify_page(made.read_text(encoding="utf-8")).code == "matches"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not valid JSON"),
        ("{", "breaks off"),
        ("[]", "not a record"),
        (b"\xff\xfe\x00", "UTF-8"),
        ('{"schema": "cstrain.record", "version": 9, "attempts": []}', "newer version"),
    ],
    ids=["empty", "cut", "foreign", "no text", "newer"],
)
@pytest.mark.parametrize("command", ["report", "verify"])
def test_a_record_that_cannot_be_read(tmp_path, here, capsys, command, text, said):
    path = tmp_path / "record.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main([command, str(path), "--language", "en"]) == 2
    told = capsys.readouterr().err.strip()
    assert said in told
    assert "\n" not in told
    assert names(here) == []


def test_a_certificate_that_is_not_earned_or_a_lesson_that_is_none(here, record, capsys):
    call = ["report", str(record), "--certificate", "--name", "Mia", "--language", "en"]
    assert main(call) == 1
    assert "N03 (0 of 100)" in capsys.readouterr().err
    assert main([*call, "--lesson", "n55"]) == 2
    assert "n05" in capsys.readouterr().err
    assert names(here) == []


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (("", ""), 0, "It matches"),
        (('"name":"Mia', '"name":"Pia'), 1, "It was changed"),
        (("Mia Holm</p>", "Pia Holm</p>"), 1, "The page was changed"),
        (("cstrain-certificate", "nothing"), 2, "no certificate's data"),
    ],
    ids=["right", "data", "page", "none"],
)
def test_the_verdict_on_a_certificate_is_a_sentence(here, capsys, change, status, said):
    (here / "c.html").write_text(page("n05", "en").replace(*change), encoding="utf-8", newline="")
    assert main(["verify", "c.html", "--language", "en"]) == status
    heard = capsys.readouterr()
    assert said in heard.out + heard.err
    assert (heard.out + heard.err).count("\n") == 1


def test_a_code_read_from_paper_and_wrong_calls(here, record, capsys):
    (here / "c.html").write_text(page("n05", "en"), encoding="utf-8", newline="")
    code = certificate("n05", "en").code
    assert main(["verify", "c.html", "--code", code.lower()]) == 0
    assert main(["verify", "c.html", "--code", certificate("n03").code]) == 1
    assert main(["verify", "c.html", "--code", "12345"]) == 2
    whole = ["verify", str(record), "--code", code, "--language", "en"]
    assert main(whole) == 2
    assert main([*whole, "--name", NAMES["en"], "--date", "31.3.2026"]) == 2
    capsys.readouterr()
    assert main([*whole, "--name", NAMES["en"], "--date", DAY]) == 0
    assert "check code fits" in capsys.readouterr().out
    assert main([*whole, "--name", "Pia Holm", "--date", DAY]) == 1
    assert main(["verify", str(record), "--language", "en"]) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1] == "N05 Five whys: scored again, 100 of 100 points"
    )
    assert main(["verify", "none.html"]) == 2
    (here / "c.pdf").write_bytes(b"%PDF-1.4\n\xd3\xeb")
    assert main(["verify", "c.pdf"]) == 2


def test_a_folder_becomes_a_table_in_which_nothing_is_a_formula(here, capsys):
    class_folder = here / "class"
    class_folder.mkdir()
    texts = {
        "1.html": page("n05", "en"),
        "2.html": page("n05", "en").replace("Mia Holm", "=1+1"),
        "3.html": page("n03"),
        "=cmd.html": "<p>nothing</p>",
        ".hidden.html": page(),
        "note.txt": "a note",
    }
    for name, text in texts.items():
        (class_folder / name).write_text(text, encoding="utf-8", newline="")
    formula = page("n05", "en").replace("Mia Holm", "@SUM(A1)")
    (class_folder / "4.html").write_text(formula, encoding="utf-8", newline="")
    assert main(["verify", "class", "--language", "en"]) == 1
    heard = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(heard.out)))
    assert [one["File"].lstrip("'") for one in rows] == [
        "1.html",
        "2.html",
        "3.html",
        "4.html",
        "=cmd.html",
    ]
    assert not [cell for one in rows for cell in one.values() if cell[:1] in {"=", "@", "+", "-"}]
    assert [one["Result"] for one in rows] == [
        "matches",
        "does not match",
        "matches",
        "does not match",
        "not readable",
    ]
    assert [one["Same answers"] for one in rows] == [
        "",
        "Same answers as 1.html",
        "",
        "Same answers as 1.html",
        "",
    ]
    assert rows[0]["Points anew"] == "100.0"
    assert "5 files checked: 2 match, 2 do not, 1 could not be read." in heard.err
    assert main(["verify", "class", "--out", "t.csv"]) == 1
    assert (here / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert main(["verify", "class", "--out", "t.csv"]) == 2
    assert main(["verify", "class", "--code", certificate().code]) == 2


def test_a_folder_without_certificates(here, capsys):
    assert main(["verify", str(here), "--language", "en"]) == 2
    assert "no certificate" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notebook_writes_both_beside_itself(here, language):
    opened = lesson("n05", language)
    for one in right("n05", language=language):
        opened.answer(one["exercise"], one["answer"])
    written = [opened.report("Mia"), opened.report(), opened.certificate("Mia")]
    files = names(here)
    assert files == sorted(one.path.name for one in written)
    assert written[1].path.name.endswith("-2.html")
    assert f'href="{written[0].path.name}"' in written[0]._repr_html_()
    assert verify_page(written[2].path.read_text(encoding="utf-8")).code == "matches"
    with pytest.raises(Exception, match="N03"):
        opened.certificate("Mia", scope="course")
    assert names(here) == files


def test_the_frames_message_brings_the_document(here):
    opened = lesson("n05", "en")
    asked = {"do": "document", "what": "report", "scope": "course", "name": "Mia"}
    done = opened._session.told("", asked)
    assert [one["do"] for one in done] == ["document"]
    assert json.loads(json.dumps(done)) == done
    refused = opened._session.told("", {**asked, "what": "certificate"})[0]
    assert refused["do"] == "refused"
    assert opened._session.told("", {"do": "document", "scope": []})[0]["do"] == "error"
