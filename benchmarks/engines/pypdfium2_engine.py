"""PDFium through pypdfium2, speaking the line protocol of run-engine.ts: a path a line in, a JSON result a line out."""

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


def main(output_folder):
    version = pypdfium2.version.PYPDFIUM_INFO
    print(json.dumps({"ready": True, "version": str(version)}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        with open(request["path"], "rb") as file:
            data = file.read()
        started_cpu, started = time.process_time(), time.perf_counter()
        result = {"index": request["index"]}
        try:
            pages = extract(data)
            result["pages"] = len(pages)
        except Exception as error:  # noqa: BLE001 - any failure of the engine is a row of the report
            pages = []
            result["error"] = f"{type(error).__name__}: {error}"
        result["cpuMs"] = (time.process_time() - started_cpu) * 1000
        result["wallMs"] = (time.perf_counter() - started) * 1000
        result["peakRssBytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        if output_folder:
            with open(f"{output_folder}/{request['index']}.txt", "w", encoding="utf-8", errors="replace") as file:
                file.write("\f".join(pages))
        print(json.dumps(result), flush=True)


main(sys.argv[1] if len(sys.argv) > 1 else "")
