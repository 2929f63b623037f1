"""PDFium through pypdfium2, speaking the line protocol of run-engine.ts: a request a line in, a JSON result a line out."""

import json
import resource
import sys
import time

import pypdfium2


def extract(data):
    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            pages.append(textpage.get_text_range())
            textpage.close()
            page.close()
        return pages
    finally:
        document.close()


def peak_rss():
    # ru_maxrss survives an exec, so it would begin with the size of the process that started this one.
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    print(json.dumps({"ready": True, "version": str(pypdfium2.version.PYPDFIUM_INFO)}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        with open(request["path"], "rb") as file:
            data = file.read()
        started_cpu, started = time.process_time(), time.perf_counter()
        result = {"index": request["index"]}
        try:
            pages = extract(data)
        except Exception as error:  # noqa: BLE001 - any failure of the engine is a row of the report
            pages = []
            result["error"] = f"{type(error).__name__}: {error}"
        result["pages"] = len(pages)
        result["cpuMs"] = (time.process_time() - started_cpu) * 1000
        result["wallMs"] = (time.perf_counter() - started) * 1000
        result["peakRssBytes"] = peak_rss()
        if "textPath" in request:
            with open(request["textPath"], "w", encoding="utf-8", errors="replace", newline="") as file:
                file.write("\f".join(pages))
        print(json.dumps(result), flush=True)


main()
