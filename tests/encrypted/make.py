"""Makes the encrypted files beside this script, all of the same words: python3 make.py (takes pikepdf).

The password of their owner is «owner»; password.pdf alone asks whoever reads it for one, «reader». The page of bomb.pdf
inflates to 20 MiB of spaces.
"""

from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Encryption, Name, ObjectStreamMode

CONTENT = b"BT /F1 10 Tf 100 700 Td (Order No 5) Tj ET"
AES_256 = Encryption(owner="owner", user="", R=6)
FILES = {
    "rc4-40": Encryption(owner="owner", user="", R=2, aes=False, metadata=False),
    "rc4-128": Encryption(owner="owner", user="", R=3, aes=False, metadata=False),
    "rc4-by-name": Encryption(owner="owner", user="", R=4, aes=False, metadata=False),
    "aes-128": Encryption(owner="owner", user="", R=4),
    "aes-256": AES_256,
    "object-streams": AES_256,
    "bomb": AES_256,
    "password": Encryption(owner="owner", user="reader", R=6),
}

for name, encryption in FILES.items():
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b" " * (20 << 20) if name == "bomb" else CONTENT)
    objects = ObjectStreamMode.generate if name == "object-streams" else ObjectStreamMode.disable
    pdf.save(Path(__file__).with_name(f"{name}.pdf"), encryption=encryption, object_stream_mode=objects)
