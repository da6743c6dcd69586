// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/units.hpp"

namespace tongxing::accessibility {

namespace {

constexpr Unit kUnits[] = {
    {U"°C", "摄氏度", "degree celsius", "degrees celsius"},
    {U"°F", "华氏度", "degree fahrenheit", "degrees fahrenheit"},
    {U"°", "度", "degree", "degrees"},
    {U"kg", "千克", "kilogram", "kilograms"},
    {U"KG", "千克", "kilogram", "kilograms"},
    {U"Kg", "千克", "kilogram", "kilograms"},
    {U"g", "克", "gram", "grams"},
    {U"mg", "毫克", "milligram", "milligrams"},
    {U"μg", "微克", "microgram", "micrograms"},
    {U"t", "吨", "tonne", "tonnes"},
    {U"g/m²", "克每平方米", "gram per square metre", "grams per square metre"},
    {U"kg/m³", "千克每立方米", "kilogram per cubic metre", "kilograms per cubic metre"},
    {U"L", "升", "litre", "litres"},
    {U"l", "升", "litre", "litres"},
    {U"ml", "毫升", "millilitre", "millilitres"},
    {U"mL", "毫升", "millilitre", "millilitres"},
    {U"ML", "毫升", "millilitre", "millilitres"},
    {U"cl", "厘升", "centilitre", "centilitres"},
    {U"m", "米", "metre", "metres"},
    {U"km", "千米", "kilometre", "kilometres"},
    {U"dm", "分米", "decimetre", "decimetres"},
    {U"cm", "厘米", "centimetre", "centimetres"},
    {U"CM", "厘米", "centimetre", "centimetres"},
    {U"mm", "毫米", "millimetre", "millimetres"},
    {U"MM", "毫米", "millimetre", "millimetres"},
    {U"μm", "微米", "micrometre", "micrometres"},
    {U"nm", "纳米", "nanometre", "nanometres"},
    {U"m²", "平方米", "square metre", "square metres"},
    {U"cm²", "平方厘米", "square centimetre", "square centimetres"},
    {U"mm²", "平方毫米", "square millimetre", "square millimetres"},
    {U"km²", "平方千米", "square kilometre", "square kilometres"},
    {U"m³", "立方米", "cubic metre", "cubic metres"},
    {U"cm³", "立方厘米", "cubic centimetre", "cubic centimetres"},
    {U"m2", "平方米", "square metre", "square metres"},
    {U"m3", "立方米", "cubic metre", "cubic metres"},
    {U"ha", "公顷", "hectare", "hectares"},
    {U"km/h", "千米每小时", "kilometre per hour", "kilometres per hour"},
    {U"m/s", "米每秒", "metre per second", "metres per second"},
    {U"r/min", "转每分钟", "revolution per minute", "revolutions per minute"},
    {U"rpm", "转每分钟", "revolution per minute", "revolutions per minute"},
    {U"h", "小时", "hour", "hours"},
    {U"min", "分钟", "minute", "minutes"},
    {U"s", "秒", "second", "seconds"},
    {U"ms", "毫秒", "millisecond", "milliseconds"},
    {U"W", "瓦", "watt", "watts"},
    {U"kW", "千瓦", "kilowatt", "kilowatts"},
    {U"KW", "千瓦", "kilowatt", "kilowatts"},
    {U"kWh", "千瓦时", "kilowatt hour", "kilowatt hours"},
    {U"kW·h", "千瓦时", "kilowatt hour", "kilowatt hours"},
    {U"V", "伏", "volt", "volts"},
    {U"kV", "千伏", "kilovolt", "kilovolts"},
    {U"mA", "毫安", "milliampere", "milliamperes"},
    {U"mAh", "毫安时", "milliampere hour", "milliampere hours"},
    {U"Ω", "欧", "ohm", "ohms"},
    {U"Hz", "赫兹", "hertz", "hertz"},
    {U"kHz", "千赫兹", "kilohertz", "kilohertz"},
    {U"MHz", "兆赫兹", "megahertz", "megahertz"},
    {U"GHz", "吉赫兹", "gigahertz", "gigahertz"},
    {U"dB", "分贝", "decibel", "decibels"},
    {U"Pa", "帕", "pascal", "pascals"},
    {U"kPa", "千帕", "kilopascal", "kilopascals"},
    {U"MPa", "兆帕", "megapascal", "megapascals"},
    {U"mmHg", "毫米汞柱", "millimetre of mercury", "millimetres of mercury"},
    {U"N", "牛", "newton", "newtons"},
    {U"J", "焦", "joule", "joules"},
    {U"kJ", "千焦", "kilojoule", "kilojoules"},
    {U"cal", "卡", "calorie", "calories"},
    {U"kcal", "千卡", "kilocalorie", "kilocalories"},
    {U"mol", "摩尔", "mole", "moles"},
};

bool goes_on(char32_t c) {
  return is_latin(c) || is_digit(c) || c == U'²' || c == U'³';
}

}  // namespace

const Unit* unit_at(const SourceText& text, std::size_t at) {
  const Unit* longest = nullptr;
  for (const Unit& unit : kUnits) {
    const bool better = longest == nullptr || unit.written.size() > longest->written.size();
    if (better && text.has(at, unit.written) && !goes_on(text.at(at + unit.written.size()))) longest = &unit;
  }
  return longest;
}

bool is_temperature(const Unit& unit) {
  return unit.written == U"°C" || unit.written == U"°F";
}

}  // namespace tongxing::accessibility
