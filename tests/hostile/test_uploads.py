import hashlib
import io

import pikepdf
import pytest
from django.db import transaction
from PIL import Image

from core.refusals import Refused
from documents.models import Attachment
from documents.uploads import accept_upload
from tests.hostile import files
from tests.hostile.files import upload

JAVASCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
FLASH = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"

ZIP = files.archive({"a": b"b"})

HONEST = {
    "现场.jpg": files.picture(),
    "截图.PNG": files.picture("PNG"),
    "劳动合同.pdf": files.pdf(),
    "起诉状.docx": files.office(),
    "考勤表.xlsx": files.office(files.EXCEL),
    "判决书.ofd": files.archive({"OFD.xml": b"<ofd:OFD/>"}),
    "通话.m4a": b"\0\0\0\x20ftypM4A " + b"0" * 100,
    "通话.mp3": b"\xff\xfb\x90\x00" + b"0" * 100,
    "通话2.mp3": b"ID3\x03" + b"0" * 100,
    "通话.wav": b"RIFF\0\0\0\0WAVEfmt " + b"0" * 100,
    "通话.amr": b"#!AMR\n" + b"0" * 100,
    "工地.mp4": b"\0\0\0\x20ftypisom" + b"0" * 100,
}
HOSTILE = {
    "empty": ("合同.pdf", b"", "“合同.pdf”是空文件。请核对后重新选择。"),
    "archive": ("材料.rar", b"Rar!", "不能上传 .rar。请解压后上传图片、PDF、Word 或 Excel。"),
    "program": ("a.exe", b"MZ", "不能上传 .exe。请改传图片、PDF、Word、Excel、OFD、录音或视频。"),
    "no ending": ("合同", b"x", "不能上传没有扩展名的文件。请改传图片、PDF、Word、Excel、OFD、录音或视频。"),
    "svg": ("a.svg", SVG, "不能上传 .svg。请改传图片、PDF、Word、Excel、OFD、录音或视频。"),
    "html": ("a.html", HTML, "不能上传 .html。请改传图片、PDF、Word、Excel、OFD、录音或视频。"),
    "xml": ("a.xml", b"<?xml version='1.0'?><a/>", "不能上传 .xml。"),
    "old word": ("a.doc", b"\xd0\xcf", "不能上传 .doc。请用 Word、Excel 或 WPS 另存为 .docx 再传。"),
    "two endings": ("合同.pdf.exe", files.pdf(), "不能上传 .exe。"),
    "svg as png": ("a.png", SVG, "“a.png”的内容与 .png 不符。请核对后重新选择文件。"),
    "html as pdf": ("a.pdf", HTML, "“a.pdf”的内容与 .pdf 不符。"),
    "html after pdf head": ("a.pdf", b"%PDF-1.7\n" + HTML, "“a.pdf”的内容与 .pdf 不符。"),
    "pdf not at once": ("a.pdf", b"MZ" + files.pdf(), "“a.pdf”的内容与 .pdf 不符。"),
    "picture as pdf": ("a.pdf", files.picture(), "“a.pdf”的内容与 .pdf 不符。"),
    "gif as jpg": ("a.jpg", b"GIF89a/*" + b"*/=1;alert(1)", "“a.jpg”的内容与 .jpg 不符。"),
    "cut picture": ("a.jpg", files.picture(size=(400, 400))[:600], "“a.jpg”不是完整的图片，打不开。"),
    "cut pdf": ("a.pdf", b"%PDF-1.7\n1 0 obj\n<<", "“a.pdf”已损坏，打不开。"),
    "pixel flood": ("a.png", files.pixel_flood(), "“a.png”超过 11,000 万像素，太大。请缩小后再传。"),
    "pdf and zip": ("a.pdf", files.pdf() + files.archive({"a": b"b"}), "“a.pdf”里藏有压缩包，不能上传。"),
    "pdf script": ("a.pdf", files.pdf(OpenAction=JAVASCRIPT), "“a.pdf”带有脚本、程序或内嵌文件。"),
    "pdf launch": ("a.pdf", files.pdf(OpenAction=LAUNCH), "“a.pdf”带有脚本、程序或内嵌文件。"),
    "pdf flash": ("a.pdf", files.pdf(Extra=pikepdf.Array([FLASH])), "“a.pdf”带有脚本、程序或内嵌文件。"),
    "pdf attachment": ("a.pdf", files.pdf_with_attachment(), "“a.pdf”带有脚本、程序或内嵌文件。"),
    "pdf password": ("a.pdf", files.pdf_with_password(), "“a.pdf”设有密码，打不开。请去掉密码后再传。"),
    "pdf too long": ("a.pdf", files.pdf(pages=2_001), "“a.pdf”页数过多，超过 2,000 页。"),
    "word as excel": ("a.xlsx", files.office(), "“a.xlsx”的内容与 .xlsx 不符。"),
    "zip as word": ("a.docx", files.archive({"a.txt": b"b"}), "“a.docx”的内容与 .docx 不符。"),
    "zip as ofd": ("a.ofd", files.archive({"a.txt": b"b"}), "“a.ofd”的内容不是 OFD。"),
    "macro type": ("a.docx", files.office(files.MACRO_WORD), "“a.docx”带有宏。请另存为不带宏的 .docx 再传。"),
    "word password": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99,
        "“a.docx”设有密码或是旧版格式。",
    ),
    "zip password": ("a.docx", files.encrypted_archive(), "“a.docx”设有密码，打不开。"),
    "zip slip": ("a.docx", files.office(**{"..__..__evil": b"x"}), "“a.docx”的内部结构不正常，不能上传。"),
    "zip bomb": ("a.docx", files.bomb(), "“a.docx”解压后过大，不能上传。"),
    "cut zip": ("a.docx", files.office()[:-30], "“a.docx”已损坏，打不开。"),
}
REMOTE = b'<Relationship Type="http://x/attachedTemplate" Target="http://evil" TargetMode="External"/>'
PARTS = {
    "macro part": ({"word__vbaProject.bin": b"x"}, "“a.docx”带有宏。"),
    "remote template": ({"word___rels__settings.xml.rels": REMOTE}, "“a.docx”引用了外部文件。"),
}


@pytest.fixture
def accept(legal_aid_centre, legalaid):
    return lambda name, content: accept_upload(
        upload(name, content), organisation=legal_aid_centre, by=legalaid
    )


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_kept(accept, name, legal_aid_centre, legalaid):
    attachment = accept(name, HONEST[name])

    with attachment.file.open() as stored:
        content = stored.read()
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert (attachment.size, attachment.organisation) == (len(content), legal_aid_centre)
    assert attachment.uploaded_by == legalaid
    assert str(attachment.pk) in attachment.file.name


def test_an_iphone_picture_becomes_a_jpeg(accept):
    attachment = accept("IMG_0001.HEIC", files.heic())

    assert (attachment.name, attachment.content_type) == ("IMG_0001.jpg", "image/jpeg")
    with attachment.file.open() as stored:
        assert Image.open(stored).format == "JPEG"


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_what_to_do(accept, case):
    name, content, sentence = HOSTILE[case]

    with pytest.raises(Refused) as refusal:
        accept(name, content)
    assert str(refusal.value).startswith(sentence)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("case", PARTS)
def test_an_office_file_with_a_dangerous_part_is_refused(accept, case):
    parts, sentence = PARTS[case]

    with pytest.raises(Refused, match=sentence):
        accept("a.docx", files.office(**parts))


def test_a_picture_loses_place_and_maker_and_stands_upright(accept):
    with accept("现场.jpg", files.picture_with_place()).file.open() as stored:
        picture = Image.open(stored)
        assert picture.size == (20, 40)
        assert not picture.getexif()


def test_a_script_behind_a_picture_is_gone_after_drawing(accept):
    with accept("现场.jpg", files.picture(size=(1500, 1500)) + HTML + ZIP).file.open() as stored:
        content = stored.read()

    assert b"script" not in content
    assert b"PK" not in content


@pytest.mark.parametrize(
    ("name", "mega", "sentence"),
    [
        ("考勤表.mp4", 286, "“考勤表.mp4”有 286 MB，超过 200 MB。请剪短，或改传截图。"),
        ("合同.pdf", 21, "“合同.pdf”有 21 MB，超过 20 MB。请缩小，或拆成几个文件再传。"),
    ],
)
def test_a_file_over_its_limit_is_refused_before_it_is_read(
    accept, legal_aid_centre, legalaid, name, mega, sentence
):
    file = upload(name, b"x")
    file.size = mega * 1024 * 1024

    with pytest.raises(Refused) as refusal:
        accept_upload(file, organisation=legal_aid_centre, by=legalaid)
    assert str(refusal.value) == sentence


def test_a_video_over_twenty_megabytes_is_welcome(legal_aid_centre, legalaid):
    file = upload("工地.mp4", HONEST["工地.mp4"] + bytes(21 * 1024 * 1024))

    assert accept_upload(file, organisation=legal_aid_centre, by=legalaid).size > 21 * 1024 * 1024


def stored_files(settings):
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_upload_leaves_no_file(accept, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def upload_and_fail():
        with transaction.atomic():
            accept("现场.jpg", files.picture())
            assert len(stored_files(settings)) == 1
            raise Refused("反悔")

    with pytest.raises(Refused):
        upload_and_fail()
    assert stored_files(settings) == []


@pytest.mark.django_db(transaction=True)
def test_a_committed_upload_keeps_its_file(accept, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    with transaction.atomic():
        attachment = accept("现场.jpg", files.picture())

    assert stored_files(settings) == [f"{attachment.pk}.jpg"]


def test_a_full_disk_says_so_and_leaves_no_half_file(accept, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("documents.storage.os.fsync", full)
    with pytest.raises(Refused, match="磁盘空间不足，文件没有保存。"):
        accept("现场.jpg", files.picture())

    assert stored_files(settings) == []
    assert not Attachment.objects.exists()


def test_a_folder_that_cannot_be_written_says_so(accept, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path

    def read_only(*args, **kwargs):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("documents.storage.tempfile.mkstemp", read_only)
    with pytest.raises(Refused, match="存储目录不能写入"):
        accept("现场.jpg", files.picture())

    assert not Attachment.objects.exists()


def test_a_broken_stream_leaves_nothing(legal_aid_centre, legalaid, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = upload("工地.mp4", HONEST["工地.mp4"])
    file.size = 10**6
    file.chunks = lambda size=None: iter([b"half", io.UnsupportedOperation])

    with pytest.raises(TypeError):
        accept_upload(file, organisation=legal_aid_centre, by=legalaid)
    assert stored_files(settings) == []
