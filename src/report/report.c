#include "report/report.h"

#include "base/banned.h"

static const ReportFormat formats[] = {
    {"text", report_text},
    {"json", report_json},
};

const ReportFormat *report_format(Str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (str_equal(name, str_from(formats[i].name))) {
            return &formats[i];
        }
    }
    return NULL;
}

const char *report_format_names(void)
{
    return "text, json";
}
