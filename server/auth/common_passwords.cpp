// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/common_passwords.hpp"

#include <algorithm>
#include <array>

namespace tongxing::auth {
namespace {

// Sorted by bytes, for the binary search; the list is our own, from patterns that lists of leaked passwords
// share: keyboard walks, dates, "I love you" in words and in numbers (520, 1314), family names with 123456,
// this platform's name.
// clang-format off
constexpr auto kCommon = std::to_array<std::string_view>({
    "!@#$%^&*", "!@#$1234", "!qaz2wsx", "!qaz@wsx", "00000000", "000000000", "0000000000", "01234567",
    "0123456789", "11111111", "111111111", "1111111111", "11223344", "1122334455", "112233445566",
    "12121212", "123123123", "123321123", "1233211234567", "1234!@#$", "12341234", "12344321", "123456123",
    "123456654321", "1234567890", "1234567891", "12345678910", "123456789123", "123456789a", "12345678a",
    "12345678q", "12345679", "1234567a", "123456aa", "123456ab", "123456abc", "123456asd", "123456qwe",
    "12345abc", "12345qwert", "1234abcd", "1234qwer", "123654789", "123qweasd", "13141314", "13145200",
    "1314520a", "1314521a", "147258369", "147852369", "159357456", "1a2b3c4d", "1a2s3d4f", "1password",
    "1q2w3e4r", "1q2w3e4r!", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx", "1qaz2wsx3edc", "1qaz@wsx",
    "1qazxsw2", "20082008", "20102010", "31415926", "314159265", "3edc4rfv", "520131400", "52013145",
    "5201314520", "5201314a", "520520520", "5211314a", "66666666", "741852963", "789456123", "87654321",
    "88888888", "963852741", "987654321", "9876543210", "99999999", "a1234567", "a12345678", "a123456789",
    "a1b2c3d4", "a1b2c3d4e5", "a5201314", "aa123456", "aa12345678", "aa123456789", "aaa123456", "aaaa1111",
    "aabbccdd", "abc12345", "abc123456", "abc123456789", "abcd1234", "abcd12345", "abcd123456",
    "abcde12345", "abcdef123", "abcdefgh", "abcdefghi", "abcdefghij", "admin123", "admin1234", "admin12345",
    "admin123456", "admin888", "admin@123", "administrator", "alibaba123", "arsenal1", "as123456",
    "as12345678", "asd12345", "asd123456", "asdf1234", "asdfasdf", "asdfghjk", "asdfghjkl", "asdqwe123",
    "asshole1", "autumn2024", "autumn2025", "autumn2026", "baba1234", "baidu123", "baobao123", "barcelona",
    "baseball", "batman123", "beijing2008", "canjiren", "canlian123", "changeme", "changeme1", "charlie1",
    "chelsea1", "chen1234", "chen123456", "china123", "china2008", "computer", "default1", "demo1234",
    "dragon123", "facebook", "football", "forever1", "fuckyou1", "google123", "guangdong", "guangdong123",
    "guangzhou", "guangzhou123", "guest123", "hahahaha", "happy123", "happy2008", "hehehehe", "hello123",
    "hello1234", "hello123456", "huang123", "huawei123", "iloveyou", "iloveyou1", "iloveyou123",
    "iloveyou520", "internet", "jennifer", "jordan23", "killer123", "laogong123", "laopo123", "laoshi123",
    "letmein1", "letmein123", "li123456", "lin123456", "lisi1234", "liu123456", "liverpool", "love1234",
    "love1314", "love5201314", "lovelove", "loveyou1", "lucky123", "lucky888", "mama1234", "manager123",
    "master123", "michelle", "mima1234", "mima123456", "mima12345678", "mimamima", "minecraft", "monkey123",
    "nihao123", "nihaonihao", "p@ssw0rd", "p@ssword", "pa55word", "passw0rd", "password", "password!",
    "password1", "password12", "password123", "password1234", "passwort", "pokemon1", "princess",
    "q1234567", "q123456789", "q1q1q1q1", "q1w2e3r4", "q1w2e3r4t5", "qazwsx123", "qazwsxedc", "qazxswedc",
    "qq123456", "qq123456789", "qw123456", "qwaszx12", "qwe12345", "qwe123456", "qweasd123", "qweasdzxc",
    "qwer!@#$", "qwer1234", "qwerty12", "qwerty123", "qwerty1234", "qwertyqwerty", "qwertyui", "qwertyuiop",
    "root1234", "root123456", "samsung1", "secret123", "shenzhen", "shenzhen123", "spring2024",
    "spring2025", "spring2026", "starwars", "summer2024", "summer2025", "summer2026", "sunshine",
    "superman", "system123", "taobao123", "tencent123", "test1234", "test12345", "test123456", "testtest",
    "tongxing", "tongxing1", "tongxing12", "tongxing123", "tongxing1234", "tongxing2024", "tongxing2025",
    "tongxing2026", "trustno1", "user1234", "user123456", "w123456789", "wang1234", "wang123456",
    "wangwu123", "wechat123", "weixin123", "welcome1", "welcome123", "whatever", "winter2024", "winter2025",
    "winter2026", "woaini123", "woaini1314", "woaini520", "woaini5201314", "woaini521", "woaiwojia",
    "woaizhongguo", "wobuzhidao", "woshishui", "wsxedcrfv", "xiaohong", "xiaomi123", "xiaoming",
    "xiaoming123", "xuesheng", "xuexi123", "z123456789", "z1x2c3v4", "zaq12wsx", "zaq1@wsx", "zaq1zaq1",
    "zhang123", "zhang123456", "zhangsan", "zhongguo", "zhongguo123", "zxc123456", "zxcvbnm1", "zxcvbnm123",
    "zz123456",
});
// clang-format on
static_assert(std::ranges::is_sorted(kCommon));

}  // namespace

bool is_common_password(std::string_view lower_case) {
  return std::ranges::binary_search(kCommon, lower_case);
}

}  // namespace tongxing::auth
