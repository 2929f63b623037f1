"""Makes the sample documents: sources/PRODUCER/FOLDER/NAME.EXT becomes documents/FOLDER/NAME.pdf.

    python build.py [PART_OF_A_PATH]

With an argument only the sources whose path holds it are made, and the odd files are left alone.
"""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import odd

SOURCES = Path(__file__).resolve().parent
DOCUMENTS = SOURCES.parent / "documents"
STAMP = "20260101000000"
EPOCH = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "FORCE_SOURCE_DATE": "1", "TZ": "UTC"}


def run(*command, env=EPOCH, **options):
    done = subprocess.run([str(part) for part in command], env=env, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def fix_dates(path):
    """Overwrites creation dates and file ids in place: same length, so that no offset moves."""
    data = path.read_bytes()
    data = re.sub(rb"(?<=\(D:)\d{14}", STAMP.encode(), data)
    data = re.sub(rb"(?<=/DocChecksum /)[0-9A-F]{32}", b"0" * 32, data)
    path.write_bytes(re.sub(rb"/ID \[ ?<[0-9A-F]{32}>\s*<[0-9A-F]{32}> ?\]", lambda m: re.sub(rb"[0-9A-F]{32}", b"0" * 32, m[0]), data))


def chromium(source, target):
    with tempfile.TemporaryDirectory() as profile:
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--no-pdf-header-footer",
            f"--print-to-pdf={target}", source.as_uri())
    fix_dates(target)


def weasyprint(source, target):
    from weasyprint import HTML

    HTML(source).write_pdf(target, pdf_identifier=source.stem.encode())


def typst(source, target):
    import typst as compiler

    compiler.compile(str(source), output=str(target), timestamp=int(EPOCH["SOURCE_DATE_EPOCH"]))


def latex(source, target):
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            run("pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"-output-directory={folder}", source)
        shutil.copy(Path(folder) / f"{source.stem}.pdf", target)


def libreoffice(source, target):
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", f"-env:UserInstallation={Path(folder).as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", target.parent, source)
    fix_dates(target)


def pdfkit(source, target):
    run("node", source, target)


def python_script(source, target):
    runpy.run_path(str(source))["build"](str(target))


MAKERS = {"chromium": chromium, "weasyprint": weasyprint, "typst": typst, "latex": latex, "libreoffice": libreoffice,
          "pdfkit": pdfkit, "reportlab": python_script, "fpdf2": python_script}


def main(wanted=""):
    for producer, make in MAKERS.items():
        for source in sorted((SOURCES / producer).glob("*/*.*")):
            relative = source.relative_to(SOURCES / producer)
            if wanted not in str(source.relative_to(SOURCES)):
                continue
            target = DOCUMENTS / relative.with_suffix(".pdf")
            target.parent.mkdir(parents=True, exist_ok=True)
            print(producer, relative, flush=True)
            make(source, target)
    if not wanted:
        odd.make_all(DOCUMENTS)


if __name__ == "__main__":
    main(*sys.argv[1:])
