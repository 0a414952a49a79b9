#include "base/date.h"

#include "base/banned.h"

static uint64_t days_in(uint64_t year, uint64_t month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

uint32_t date_parse(Str text)
{
    uint64_t year, month, day;
    bool shaped = text.len == 10 && text.at[4] == '-' && text.at[7] == '-' &&
                  str_to_number(str_slice(text, 0, 4), 9999, &year) &&
                  str_to_number(str_slice(text, 5, 7), 12, &month) &&
                  str_to_number(str_slice(text, 8, 10), 31, &day);
    if (!shaped || !year || !month || !day || day > days_in(year, month)) {
        return 0;
    }
    return (uint32_t)(year * 10000 + month * 100 + day);
}
