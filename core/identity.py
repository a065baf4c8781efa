"""Numbers that name people and firms: read, check, refuse with a sentence that can be acted on.

The region part of an ID number is never a reason to refuse: every public list is out of date.
"""

import re
from datetime import date

from core import clock
from core.text import fold_digits

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII)
MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})-?(\d{7,8})(?:(?:-|转)(\d{1,6}))?", re.ASCII)
EARLIEST_YEAR = 1850


def check_digit(first17: str) -> str:
    """校验位 of an ID number's first 17 digits (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def parse_id_number(text: str, *, noun: str = "身份证号") -> str:
    """公民身份号码, 18 characters with X upper case; ValueError carries the sentence."""
    number = _bare(text).upper()
    if SCIENTIFIC.fullmatch(number):
        raise ValueError(
            f"{noun}被 Excel 改成了科学计数，原号码已丢失。请把该列设为“文本”，重新录入后再粘贴。"
        )
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        raise ValueError(f"{noun}是 15 位的旧号码，请填 18 位的新号码。")
    if not re.fullmatch(r"\d*X?", number, re.ASCII):
        raise ValueError(f"{noun}只能有数字，最后一位可以是 X，请核对。")
    _right_length(number, 18, noun)
    if not _plausible(number):
        raise ValueError(f"{noun}里的出生日期不对，请对照身份证原件核对。")
    if check_digit(number[:17]) != number[17]:
        raise ValueError(_wrong_check_digit(number, noun))
    return number


def birth_date(id_number: str) -> date:
    """出生日期 told by a valid ID number."""
    return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def sex(id_number: str) -> str:
    """性别 told by a valid ID number: an odd 17th digit is 男."""
    return "男" if int(id_number[16]) % 2 else "女"


def age_on(id_number: str, day: date) -> int:
    """周岁 on a day."""
    born = birth_date(id_number)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def parse_phone(text: str, *, noun: str = "手机号", landline: bool = False) -> str:
    """手机号, 11 digits; with `landline` also 0474-8221234 (转 extension after a second dash)."""
    typed = fold_digits(text).replace("—", "-").replace("－", "-").strip("-")
    if landline and (match := LANDLINE.fullmatch(typed.replace("(", "").replace(")", "-"))):
        return "-".join(part for part in match.groups() if part)
    number = re.sub(r"^(?:\+|00)?86(?=\d{11}$)", "", _bare(typed))
    if not re.fullmatch(r"\d+", number, re.ASCII):
        raise ValueError(f"{noun}请填数字，例如 13800002201。")
    if landline and number.startswith("0"):
        raise ValueError(f"{noun}请写成类似 0474-8221234 的座机号，或填手机号。")
    _right_length(number, 11, noun)
    if not MOBILE.fullmatch(number):
        raise ValueError(f"{noun}应以 13 到 19 开头，请核对。")
    return number


def parse_uscc(text: str, *, noun: str = "统一社会信用代码") -> str:
    """统一社会信用代码, 18 characters (GB 32100)."""
    code = _bare(text).upper()
    if letters := sorted(set(code) & set("IOSVZ")):
        raise ValueError(f"{noun}里没有字母 {'、'.join(letters)}，请对照营业执照核对。")
    if set(code) - set(USCC_ALPHABET):
        raise ValueError(f"{noun}只能有数字和大写字母，请对照营业执照核对。")
    _right_length(code, 18, noun)
    if uscc_check_digit(code[:17]) != code[17]:
        raise ValueError(f"{noun}校验位不对，请对照营业执照核对。")
    return code


def uscc_check_digit(first17: str) -> str:
    """校验位 of a 统一社会信用代码."""
    total = sum(USCC_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(first17))
    return USCC_ALPHABET[-total % 31]


def parse_bank_card(text: str, *, noun: str = "银行卡号") -> str:
    """银行卡号, 16 to 19 digits with the Luhn check."""
    number = _bare(text).upper()
    if SCIENTIFIC.fullmatch(number):
        raise ValueError(
            f"{noun}被 Excel 改成了科学计数，原号码已丢失。请把该列设为“文本”，重新录入后再粘贴。"
        )
    if not re.fullmatch(r"\d+", number, re.ASCII):
        raise ValueError(f"{noun}只能有数字，请核对。")
    if not 16 <= len(number) <= 19:
        raise ValueError(f"{noun}是 {len(number)} 位，应为 16 到 19 位，请对照银行卡核对。")
    if luhn_sum(number) % 10:
        raise ValueError(f"{noun}校验位不对，请对照银行卡核对。")
    return number


def luhn_sum(number: str) -> int:
    """Luhn: every second digit from the right doubled and its digits added; valid is a multiple of 10."""
    doubled = (int(digit) * 2 for digit in number[-2::-2])
    return sum(int(digit) for digit in number[::-2]) + sum(n // 10 + n % 10 for n in doubled)


def _bare(text: str) -> str:
    """A number without the blanks and dashes people group it with, or Excel's leading quote."""
    folded = fold_digits(text).lstrip("'’‘`")
    return re.sub(r"[-—–_]", "", folded)


def _right_length(number: str, length: int, noun: str) -> None:
    if missing := length - len(number):
        word = "少" if missing > 0 else "多"
        raise ValueError(f"{noun}{word} {abs(missing)} 位，应为 {length} 位。")


def _plausible(id_number: str) -> bool:
    try:
        born = birth_date(id_number)
    except ValueError:
        return False
    return born.year >= EARLIEST_YEAR and born <= clock.today()


def _wrong_check_digit(number: str, noun: str) -> str:
    if number.endswith("000"):
        return f"{noun}末三位成了 000，可能被 Excel 改过。请把该列设为“文本”，对照身份证原件重新录入。"
    return f"{noun}校验位不对，请对照身份证原件核对。"
